using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Serialization;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>Translates a lambda over an entity into an OData filter.</summary>
internal static class FilterExpression
{
    /// <exception cref="NotSupportedException">The lambda does more than a filter can.</exception>
    public static string Translate(LambdaExpression filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Condition(filter.Body);
    }

    private static string Condition(Expression node) => node switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } and => $"({Condition(and.Left)}) and ({Condition(and.Right)})",
        BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } or => $"({Condition(or.Left)}) or ({Condition(or.Right)})",
        BinaryExpression comparison when OperatorOf(comparison.NodeType) is { } word => Comparison(comparison, word),
        UnaryExpression { NodeType: ExpressionType.Not } not => $"not ({Condition(not.Operand)})",
        _ when Property(node) is { } property => $"{property} eq true",
        _ => throw Unsupported(node),
    };

    private static string Comparison(BinaryExpression node, string word)
    {
        if (Ordering(node) is { } ordering)
        {
            return $"{ordering.Property} {word} {FilterText.Constant(ordering.Value)}";
        }

        if (Property(node.Left) is { } left)
        {
            return $"{left} {word} {FilterText.Constant(Value(node.Right))}";
        }

        return Property(node.Right) is { } right
            ? $"{right} {Mirrored(word)} {FilterText.Constant(Value(node.Left))}"
            : throw Unsupported(node);
    }

    /// <summary><c>string.Compare(entity.Property, value) &gt; 0</c> and <c>entity.Property.CompareTo(value) &gt; 0</c>.</summary>
    private static (string Property, object? Value)? Ordering(BinaryExpression node)
    {
        if (node.Left is not MethodCallExpression { Method.Name: "Compare" or "CompareTo", Arguments.Count: <= 2 } call
            || Value(node.Right) is not 0)
        {
            return null;
        }

        var (subject, other) = call.Object is null ? (call.Arguments[0], call.Arguments[1]) : (call.Object, call.Arguments[0]);
        return Property(subject) is { } property ? (property, Value(other)) : null;
    }

    private static string? Property(Expression node) => node switch
    {
        MemberExpression { Member: PropertyInfo property, Expression: { } owner } when IsEntity(owner) => NameOf(property),
        // entity.Property.Value of a nullable property is the property.
        MemberExpression { Member.Name: "Value", Expression: { } nullable } when Nullable.GetUnderlyingType(nullable.Type) is not null => Property(nullable),
        // entity["Property"], entity.GetString("Property") and the like.
        MethodCallExpression { Object: { } owner, Method.Name: not nameof(TableEntity.GetDateTimeOffset), Arguments: [var name] } when IsEntity(owner) =>
            Value(name) as string,
        UnaryExpression { NodeType: ExpressionType.Convert, Operand.Type: var type } when IsEnum(type) => throw OfEnum(node),
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert => Property(convert.Operand),
        _ => null,
    };

    private static bool IsEntity(Expression node) =>
        node is ParameterExpression || (node is UnaryExpression { NodeType: ExpressionType.Convert } cast && IsEntity(cast.Operand));

    private static string NameOf(PropertyInfo property) => property.Name switch
    {
        nameof(TableItem.Name) when property.DeclaringType == typeof(TableItem) => "TableName",
        var name => property.GetCustomAttribute<DataMemberAttribute>()?.Name ?? name,
    };

    private static bool IsEnum(Type type) => (Nullable.GetUnderlyingType(type) ?? type).IsEnum;

    /// <summary>What an expression without the entity gives.</summary>
    private static object? Value(Expression node) => node is ConstantExpression constant
        ? constant.Value
        : Expression.Lambda(node).Compile(preferInterpretation: true).DynamicInvoke();

    private static string? OperatorOf(ExpressionType type) => type switch
    {
        ExpressionType.Equal => "eq",
        ExpressionType.NotEqual => "ne",
        ExpressionType.GreaterThan => "gt",
        ExpressionType.GreaterThanOrEqual => "ge",
        ExpressionType.LessThan => "lt",
        ExpressionType.LessThanOrEqual => "le",
        _ => null,
    };

    private static string Mirrored(string word) => word switch
    {
        "gt" => "lt",
        "ge" => "le",
        "lt" => "gt",
        "le" => "ge",
        _ => word,
    };

    private static NotSupportedException OfEnum(Expression node) => new(
        $"'{node}' would compare an enum's number, but tables hold its name: filter by the text \"{{property}} eq '{{name}}'\".");

    private static NotSupportedException Unsupported(Expression node) => new(
        $"A table filter cannot express '{node}': compare properties of the entity with values, joined by &&, || and !.");
}
