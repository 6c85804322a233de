using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace TerritoireCollab.Architecture.Tests;

/// <summary>Reads the methods that a type calls out of its instructions, its lambdas and state machines included (ECMA-335, III).</summary>
internal static class CalledMethods
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => (ushort)o.Value);

    /// <summary>Methods called by <paramref name="type"/> and by the types inside it.</summary>
    public static IReadOnlyList<MethodBase> Of(Type type) =>
    [
        .. type.GetMembers(Everything).OfType<MethodBase>().SelectMany(Of),
        .. type.GetNestedTypes(Everything).SelectMany(Of),
    ];

    /// <summary>Whether a type reaches a method that is wanted, by way of at most so many methods that may be followed.</summary>
    public static bool Reaches(Type type, Func<MethodBase, bool> isWanted, Func<MethodBase, bool> isFollowed, int depth)
    {
        IEnumerable<MethodBase> called = Of(type);
        for (; ; depth--)
        {
            var next = called.Distinct().ToList();
            if (next.Exists(m => isWanted(m))) return true;
            if (depth == 0) return false;
            called = next.Where(isFollowed).SelectMany(WithStateMachine);
        }
    }

    private static IEnumerable<MethodBase> WithStateMachine(MethodBase method) =>
        method.GetCustomAttribute<StateMachineAttribute>() is { } machine ? Of(machine.StateMachineType) : Of(method);

    private static IEnumerable<MethodBase> Of(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } body) yield break;

        for (var at = 0; at < body.Length;)
        {
            var code = body[at] == 0xFE ? OpCodesByValue[(ushort)(0xFE00 | body[at + 1])] : OpCodesByValue[body[at]];
            at += code.Size;
            if (code.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(body, at)) is { } called) yield return called;
            at += Length(code, body, at);
        }
    }

    private static MethodBase? Resolve(MethodBase from, int token)
    {
        var ofType = from.DeclaringType!.IsGenericType ? from.DeclaringType.GetGenericArguments() : null;
        var ofMethod = from.IsGenericMethod ? from.GetGenericArguments() : null;
        try
        {
            return from.Module.ResolveMethod(token, ofType, ofMethod);
        }
        catch (FileNotFoundException)
        {
            // A method of an assembly that is not deployed, such as one of SQL Server's sign-in by Entra: none of ours.
            return null;
        }
    }

    private static int Length(OpCode code, byte[] body, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
        _ => 4,
    };
}
