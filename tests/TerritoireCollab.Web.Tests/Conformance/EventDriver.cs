namespace TerritoireCollab.Web.Tests.Conformance;

/// <summary>Events of the agenda, far enough ahead to be listed.</summary>
public sealed record EventDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "agenda.event";

    /// <inheritdoc />
    public override string Collection => "events";

    /// <inheritdoc />
    public override string Tool => "agenda";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience, localStart = "2031-05-12T18:30", place = "Salle des fêtes" };
}
