using System.Buffers.Binary;
using TerritoireCollab.Platform.Mail;

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
/// Makes and reads what stands in the links of mails that let their reader leave. They do not expire: an old mail must still let its reader leave.
/// </summary>
internal sealed class MailActionTokens(LinkSeals seals)
{
    /// <summary>Where the links lead.</summary>
    public const string Path = "/desabonnement/";

    private const string Actions = "desabonnement";
    private const string Undos = "desabonnement.retour";
    private const int ActionLength = 33;
    private const int UndoLength = ActionLength + 16;

    /// <summary>The link that does it, from the root.</summary>
    public string LinkOf(Guid memberId, MailAction action, Guid? targetId = null) => Path + Make(new MailActionToken(memberId, action, targetId ?? Guid.Empty));

    /// <summary>The token of an action.</summary>
    public string Make(MailActionToken token)
    {
        Span<byte> bytes = stackalloc byte[ActionLength];
        Write(bytes, token);
        return seals.Seal(Actions, bytes);
    }

    /// <summary>The token of what undoes an action.</summary>
    public string Make(MailUndo undo)
    {
        Span<byte> bytes = stackalloc byte[UndoLength];
        Write(bytes, undo.Done);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[ActionLength..], undo.Before);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[(ActionLength + 4)..], undo.Role);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[(ActionLength + 8)..], undo.At.Ticks);
        return seals.Seal(Undos, bytes);
    }

    /// <summary>The action behind a token, or null when we did not make it.</summary>
    public MailActionToken? ReadAction(string? token) => seals.Open(Actions, token) is { Length: ActionLength } bytes ? Read(bytes) : null;

    /// <summary>What undoes an action, or null when we did not make it.</summary>
    public MailUndo? ReadUndo(string? token) => seals.Open(Undos, token) is not { Length: UndoLength } bytes ? null : new(
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
}
