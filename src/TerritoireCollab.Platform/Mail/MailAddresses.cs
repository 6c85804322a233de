namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// First parts of the addresses at <see cref="MailOptions.ReplyDomain"/> that take mail about one mail of ours: a plus and the key of that mail follow.
/// </summary>
public static class MailAddresses
{
    /// <summary>Takes answers: <c>reponse+KEY@</c>, or <c>reponse+KEY-N@</c> for the N-th line of a summary.</summary>
    public const string Answers = "reponse";

    /// <summary>Takes bounces, as the sender of the envelope: <c>retours+KEY@</c>.</summary>
    public const string Bounces = "retours";

    /// <summary>Takes the wish to get no more of them: <c>desabonnement+KEY@</c>.</summary>
    public const string Unsubscriptions = "desabonnement";

    /// <summary>The address about the mail of that key.</summary>
    public static string Of(string first, string key, MailOptions options) => $"{first}+{key}@{options.ReplyDomain}";
}
