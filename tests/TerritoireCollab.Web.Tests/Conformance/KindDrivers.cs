using System.Net.Http.Json;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;

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

    /// <summary>Address in a group of the page that lists it; the tool's own where nothing else is said.</summary>
    public virtual string Page => Tool;

    /// <summary>Under its address, the page that shows what a change of its text changed.</summary>
    public virtual string Changes => "historique";

    /// <summary>What is posted to make one.</summary>
    public abstract object Posted(string title, string body, string? audience = null);

    /// <summary>The same, as it is sent: JSON where nothing else is said.</summary>
    public virtual HttpContent Sent(string title, string body, string? audience = null) => JsonContent.Create(Posted(title, body, audience));

    /// <summary>Makes ready what the tool needs in a group before it is used: nothing, where every group has it on.</summary>
    public virtual Task PrepareAsync(Scene scene, Group group) => Task.CompletedTask;

    /// <summary>Every driver, as theory data.</summary>
    public static TheoryData<KindDriver> All { get; } =
        [.. typeof(KindDriver).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(KindDriver)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (KindDriver)Activator.CreateInstance(t)!)];

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

/// <summary>Finds of the veille, each of a page of its own.</summary>
public sealed record FindDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "veille.find";

    /// <inheritdoc />
    public override string Collection => "finds";

    /// <inheritdoc />
    public override string Tool => "veille";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience, url = $"https://exemple.invalid/{Guid.NewGuid():N}" };

    /// <inheritdoc />
    public override Task PrepareAsync(Scene scene, Group group) => scene.TurnOnAsync(group);
}

/// <summary>Issues of the revue, published as they are written.</summary>
public sealed record IssueDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "veille.issue";

    /// <inheritdoc />
    public override string Collection => "issues";

    /// <inheritdoc />
    public override string Tool => "veille";

    /// <inheritdoc />
    public override string Page => "veille/revues";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience = audience ?? "group", publish = true };

    /// <inheritdoc />
    public override Task PrepareAsync(Scene scene, Group group) => scene.TurnOnAsync(group);
}

/// <summary>Éditos of the veille.</summary>
public sealed record EditorialDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "veille.edito";

    /// <inheritdoc />
    public override string Collection => "editorials";

    /// <inheritdoc />
    public override string Tool => "veille";

    /// <inheritdoc />
    public override string Page => "veille/editos";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience = audience ?? "group" };

    /// <inheritdoc />
    public override Task PrepareAsync(Scene scene, Group group) => scene.TurnOnAsync(group);
}

/// <summary>Letters of the animators to the whole group.</summary>
public sealed record LetterDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "lettres.lettre";

    /// <inheritdoc />
    public override string Collection => "letters";

    /// <inheritdoc />
    public override string Tool => "lettres";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience };
}
