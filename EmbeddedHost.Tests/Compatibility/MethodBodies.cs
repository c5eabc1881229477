using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>Reads compiled method bodies far enough to tell a real one from one that only throws.</summary>
internal static class MethodBodies
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>
    /// Whether a call can only end in an exception: the body never returns, or does nothing but hand on to a
    /// method of the same assembly of which that is true, or to <c>Task.FromException</c>.
    /// </summary>
    public static bool OnlyThrows(MethodBase method)
    {
        var body = method.GetMethodBody()?.GetILAsByteArray();
        if (body is null || method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
        {
            return false;
        }

        var instructions = Decode(body).ToList();
        if (!instructions.Exists(i => i.Code == OpCodes.Ret))
        {
            return true;
        }

        var calls = instructions.Where(i => i.Code == OpCodes.Call || i.Code == OpCodes.Callvirt).ToList();
        var isStraight = instructions.TrueForAll(i => i.Code.FlowControl is FlowControl.Next or FlowControl.Call or FlowControl.Return);
        return isStraight && calls.Count == 1 && IsThrower(Target(method, calls[0].Token), method);
    }

    private static bool IsThrower(MethodBase? callee, MethodBase caller) => callee switch
    {
        null => false,
        { Name: "FromException" } => true,
        _ => callee.Module == caller.Module && callee != caller && !callee.IsAbstract && callee.IsStatic && OnlyThrows(callee),
    };

    private static MethodBase? Target(MethodBase caller, int token)
    {
        var typeArguments = caller.DeclaringType?.GetGenericArguments();
        var methodArguments = caller.IsGenericMethodDefinition ? caller.GetGenericArguments() : null;
        return caller.Module.ResolveMethod(token, typeArguments, methodArguments);
    }

    private static IEnumerable<(OpCode Code, int Token)> Decode(byte[] body)
    {
        for (var i = 0; i < body.Length;)
        {
            var isTwoBytes = body[i] == 0xFE;
            var code = Codes[isTwoBytes ? (short)(0xFE00 | body[i + 1]) : body[i]];
            i += isTwoBytes ? 2 : 1;
            var token = code.OperandType == OperandType.InlineMethod ? BitConverter.ToInt32(body, i) : 0;
            yield return (code, token);
            i += OperandSize(code, body, i);
        }
    }

    private static int OperandSize(OpCode code, byte[] body, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
        _ => 4,
    };
}
