using TerritoireCollab.Gateway.Resources;
using TerritoireCollab.Gateway.Treating;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Gateway.Answering;

/// <summary>What a mail back is.</summary>
internal enum MailBackKind
{
    /// <summary>Says why nothing, or not all, was published.</summary>
    Refusal = 0,
    /// <summary>Asks the member whether the mail is from him.</summary>
    Confirm = 1,
    /// <summary>Gives the link by which one gets no more mail.</summary>
    Unsubscribe = 2,
    /// <summary>Says what became of what was sent.</summary>
    Reply = 3,
}

/// <summary>A mail that is written back.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Name">Name of whom it goes to.</param>
internal sealed record MailBack(MailBackKind Kind, string To, string? Name)
{
    /// <summary>The member it goes to, when it is one.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>Whether it goes to the member's own address, whoever wrote, so that other limits hold.</summary>
    public bool IsToMember { get; init; }

    /// <summary>The sentence of the cause, of a refusal.</summary>
    public (string Title, string Text)? Words { get; init; }

    /// <summary>What follows that sentence.</summary>
    public IReadOnlyList<MailBlock> More { get; init; } = [];

    /// <summary>What somebody wrote, given back.</summary>
    public string? Written { get; init; }

    /// <summary>The one thing to do: words and address from the root.</summary>
    public (string Label, string Address)? Button { get; init; }

    /// <summary>Whether it tells of a refusal.</summary>
    public bool IsRefusal => Kind == MailBackKind.Refusal;

    /// <summary>Says what became of what somebody sent.</summary>
    public static MailBack Reply(string to, string? name, Guid? memberId, MailReply reply) =>
        new(MailBackKind.Reply, to, name) { MemberId = memberId, Words = (GatewayTexts.ReplyTitle, reply.Text), More = [.. BlocksOf(reply)] };

    /// <summary>Files that were not taken, one a line.</summary>
    public static string FilesOf(TakenFiles files) => string.Join('\n', files.Refused.Select(f => GatewayTexts.FileLine.With(f.Name, f.Why)));

    private static IEnumerable<MailBlock> BlocksOf(MailReply reply)
    {
        if (reply.Lines.Count > 0) yield return new MailList([.. reply.Lines.Select(l => new MailListItem(l.Words, l.Address))]);
        if (reply.After is not null) yield return new MailParagraph(reply.After);
    }
}
