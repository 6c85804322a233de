namespace TerritoireCollab.Web.Tests.Conformance;

/// <summary>Polls between two options.</summary>
public sealed record PollDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "polls.poll";

    /// <inheritdoc />
    public override string Collection => "polls";

    /// <inheritdoc />
    public override string Tool => "sondages";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience, options = new[] { "La première", "La seconde" } };
}
