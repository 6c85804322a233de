using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>What a link of a mail lets its recipient do without signing in.</summary>
internal enum MailAction
{
    /// <summary>Get nothing more of one content.</summary>
    MuteThread = 1,
    /// <summary>Get nothing more of one group but what is addressed in person.</summary>
    StopGroup = 2,
    /// <summary>Leave a group.</summary>
    LeaveGroup = 3,
    /// <summary>Set the level of every group.</summary>
    Settings = 4,
    /// <summary>Get no daily summary any more: its groups send nothing more but what is addressed in person.</summary>
    StopDailyDigest = 5,
    /// <summary>The same of the weekly summary.</summary>
    StopWeeklyDigest = 6,
}

/// <summary>What a link stands for.</summary>
/// <param name="MemberId">Whose mail it was in.</param>
/// <param name="Action">What it does.</param>
/// <param name="TargetId">The content or the group; empty for the settings.</param>
internal sealed record MailActionToken(Guid MemberId, MailAction Action, Guid TargetId);

/// <summary>How things stood before an action, so that it can be undone.</summary>
/// <param name="Done">The action.</param>
/// <param name="Before">The level or the following before; <see cref="Nothing"/> for none.</param>
/// <param name="Role">The role before, for a group that was left.</param>
/// <param name="At">When it was done.</param>
internal sealed record MailUndo(MailActionToken Done, int Before, int Role, DateTime At)
{
    /// <summary>There was no choice before.</summary>
    public const int Nothing = -1;
}

/// <summary>
/// Makes and reads what stands in the links of mails: sealed with the platform's keys and bound to this purpose, so that nobody makes one,
/// changes one, or uses one of another kind. They do not expire: an old mail must still let its reader leave.
/// </summary>
internal sealed class MailActionTokens(IDataProtectionProvider protection)
{
    private const int Longest = 600;
    private const int ActionLength = 33;
    private const int UndoLength = ActionLength + 16;

    private readonly IDataProtector _actions = protection.CreateProtector("TerritoireCollab.Inbox.MailAction.1");
    private readonly IDataProtector _undos = protection.CreateProtector("TerritoireCollab.Inbox.MailUndo.1");

    /// <summary>The token of an action.</summary>
    public string Make(MailActionToken token)
    {
        var bytes = new byte[ActionLength];
        Write(bytes, token);
        return WebEncoders.Base64UrlEncode(_actions.Protect(bytes));
    }

    /// <summary>The token of what undoes an action.</summary>
    public string Make(MailUndo undo)
    {
        var bytes = new byte[UndoLength];
        Write(bytes, undo.Done);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(ActionLength), undo.Before);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(ActionLength + 4), undo.Role);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(ActionLength + 8), undo.At.Ticks);
        return WebEncoders.Base64UrlEncode(_undos.Protect(bytes));
    }

    /// <summary>The action behind a token, or null when we did not make it.</summary>
    public MailActionToken? ReadAction(string? token) => Open(_actions, token) is { Length: ActionLength } bytes ? Read(bytes) : null;

    /// <summary>What undoes an action, or null when we did not make it.</summary>
    public MailUndo? ReadUndo(string? token) => Open(_undos, token) is not { Length: UndoLength } bytes ? null : new(
        Read(bytes),
        BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(ActionLength)),
        BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(ActionLength + 4)),
        new DateTime(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(ActionLength + 8)), DateTimeKind.Utc));

    private static void Write(Span<byte> bytes, MailActionToken token)
    {
        bytes[0] = (byte)token.Action;
        token.MemberId.TryWriteBytes(bytes[1..]);
        token.TargetId.TryWriteBytes(bytes[17..]);
    }

    private static MailActionToken Read(ReadOnlySpan<byte> bytes) => new(new Guid(bytes[1..17]), (MailAction)bytes[0], new Guid(bytes[17..33]));

    private static byte[]? Open(IDataProtector protector, string? token)
    {
        if (token is not { Length: > 0 and <= Longest }) return null;

        try
        {
            return protector.Unprotect(WebEncoders.Base64UrlDecode(token));
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
