using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderSagaFunctions.Orders;
using Reading;
using Sagas;
using Sagas.Fields;
using Sagas.Http;

namespace OrderSagaFunctions.OpenApi;

/// <summary>The parameters of calls, with the rules of the code that reads them.</summary>
internal static class Parameters
{
    /// <summary>A parameter of a path.</summary>
    public static OpenApiParameter InPath(string name)
    {
        var parameter = Of(ParameterLocation.Path, name, name switch
        {
            "orderId" => RequestSchemas.Text($"The order: {SagaKey.IdRule}", RequestSchemas.IdPattern("_")),
            "itemId" => RequestSchemas.Text($"The item: {OrderLimits.ItemOrCustomerIdRule}", RequestSchemas.ItemOrCustomerIdPattern),
            "incidentId" => RequestSchemas.Text("The incident, as the order has it: ReleaseInventory-1"),
            "name" => RequestSchemas.Text("The saga: order, fulfilment"),
            _ => throw new ArgumentException($"A path has the parameter '{name}', of which no rule is known. Write it down in {nameof(InPath)}.", nameof(name)),
        });
        parameter.Required = true;
        return parameter;
    }

    /// <summary>The parameters of a call that answers in pages.</summary>
    public static OpenApiParameter[] Page()
    {
        var top = RequestSchemas.Whole($"How many entries the page has at most: {QueryFields.TopRule}", 1, QueryFields.MostTop);
        top.Default = QueryFields.DefaultTop;
        return [InQuery("top", top), InQuery("continuationToken", RequestSchemas.Text($"{QueryFields.TokenRule}, of the same list"))];
    }

    /// <summary>A text.</summary>
    public static OpenApiParameter Text(string name, string rule, string? pattern = null) => InQuery(name, RequestSchemas.Text(rule, pattern));

    /// <summary>True or false.</summary>
    public static OpenApiParameter Flag(string name, string meaning) =>
        InQuery(name, new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = $"{meaning}: {Names.FlagRule}" });

    /// <summary>A time.</summary>
    public static OpenApiParameter Time(string name, string meaning) => Text(name, $"{meaning}: {IsoTime.Rule}");

    /// <summary>One value of an enumeration.</summary>
    public static OpenApiParameter Choice<T>(string name, string meaning, T? otherwise = null)
        where T : struct, Enum => InQuery(name, new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = $"{meaning}: {Names.RuleOf(typeof(T))}, in any case",
            Enum = [.. Enum.GetNames<T>().Select(static value => (JsonNode)value)],
            Default = otherwise?.ToString() is { } value ? (JsonNode)value : null,
        });

    /// <summary>A header.</summary>
    public static OpenApiParameter InHeader(string name, string rule) => Of(ParameterLocation.Header, name, RequestSchemas.Text(rule));

    private static OpenApiParameter InQuery(string name, OpenApiSchema schema) => Of(ParameterLocation.Query, name, schema);

    // What a schema says of itself is the parameter's to say.
    private static OpenApiParameter Of(ParameterLocation place, string name, OpenApiSchema schema)
    {
        var parameter = new OpenApiParameter { Name = name, In = place, Description = schema.Description, Schema = schema };
        schema.Description = null;
        return parameter;
    }
}
