namespace TerritoireCollab.Web.Tests.Conformance;

/// <summary>How a kind of content is made from outside. One class a kind: the suite does the rest.</summary>
public abstract record KindDriver
{
    /// <summary>Key of the kind.</summary>
    public abstract string Kind { get; }

    /// <summary>Its collection in the API: <c>discussions</c>.</summary>
    public abstract string Collection { get; }

    /// <summary>Its tool: last segment of its address in a group.</summary>
    public abstract string Tool { get; }

    /// <summary>What is posted to make one.</summary>
    public abstract object Posted(string title, string body, string? audience = null);

    /// <summary>Every driver, as theory data.</summary>
    public static TheoryData<KindDriver> All { get; } = [new TopicDriver()];

    /// <inheritdoc />
    public sealed override string ToString() => Kind;
}

/// <summary>Threads of the forum.</summary>
public sealed record TopicDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "forum.topic";

    /// <inheritdoc />
    public override string Collection => "discussions";

    /// <inheritdoc />
    public override string Tool => "forum";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience };
}
