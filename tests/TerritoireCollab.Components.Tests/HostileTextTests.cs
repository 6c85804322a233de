using System.Reflection;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Components.Tests;

/// <summary>Whatever people type is shown as they typed it: no component turns it into markup or into an attribute.</summary>
public sealed class HostileTextTests : UiTest
{
    public static TheoryData<string> Texts => new(
        "<script>window.piege = 1</script>",
        "\"><img src=x onerror=piege()>",
        "' onmouseover='piege()",
        "</textarea></title></style><b>",
        "<!-- <svg/onload=piege()> -->",
        "&lt;b&gt; &amp; &#60;i&#62;",
        "{{7*7}} ${7*7} @(7*7) <%= 7*7 %>",
        "\u202egnp.exe\u202c \u200b\ufeff",
        "éàü œ 漢字 العربية 👩‍🌾 ‮",
        "<<<>>><p<p>");

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Content_HostileText_StaysText(string text)
    {
        var face = new PersonFace(text, text);
        await ShownAsync<Card>(text, p => p.Add(x => x.Title, text).Add(x => x.Href, "a").Add(x => x.Seed, text));
        await ShownAsync<PersonCard>(text, p => p.Add(x => x.Person, face).Add(x => x.Href, "a").Add(x => x.Lines, [text]));
        await ShownAsync<AvatarStack>(text, p => p.Add(x => x.People, [face]));
        await ShownAsync<EmptyState>(text, p => p.Add(x => x.Title, text).Add(x => x.Text, text));
        await ShownAsync<Post>(text, p => p.Add(x => x.Face, new PostFace { Id = "r1", Author = face, AuthorHref = "a", Role = text, DateText = text, Date = default, Permalink = "a" }));
        await ShownAsync<DataTable>(text, p => p.Add(x => x.Caption, text).Add(x => x.ChildContent, Words(text)));
        await ShownAsync<Tag>(text, p => p.Add(x => x.ChildContent, Words(text)).Add(x => x.Seed, text));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Forms_HostileText_StaysText(string text)
    {
        await ShownAsync<Field>(text, p => p.Add(x => x.Name, "A").Add(x => x.Label, text).Add(x => x.Hint, text).Add(x => x.Error, text).Add(x => x.Value, text));
        await ShownAsync<TextAreaField>(text, p => p.Add(x => x.Name, "A").Add(x => x.Label, text).Add(x => x.Value, text));
        await ShownAsync<Composer>(text, p => p.Add(x => x.Name, "A").Add(x => x.Label, text).Add(x => x.Value, text).Add(x => x.DraftKey, text));
        await ShownAsync<Select>(text, p => p.Add(x => x.Name, "A").Add(x => x.Label, text).Add(x => x.Choices, [new(text, text)]));
        await ShownAsync<RadioCards>(text, p => p.Add(x => x.Name, "A").Add(x => x.Label, text).Add(x => x.Choices, [new(text, text, text)]));
        await ShownAsync<ErrorSummary>(text, p => p.Add(x => x.Errors, [new("A", text), new(null, text)]));
        await ShownAsync<SearchBox>(text, p => p.Add(x => x.Action, "recherche").Add(x => x.Label, text).Add(x => x.Value, text));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Layout_HostileText_StaysText(string text)
    {
        await ShownAsync<SiteHeader>(text, p => p.Add(x => x.TerritoryName, text).Add(x => x.Tagline, text).Add(x => x.Links, [new(text, "a", "house")]));
        await ShownAsync<PageHeader>(text, p => p.Add(x => x.Title, text).Add(x => x.Lead, text).Add(x => x.Crumbs, [new(text, "a"), new(text)]));
        await ShownAsync<Tabs>(text, p => p.Add(x => x.Label, text).Add(x => x.Items, [new(text, "a", true, text)]));
        await ShownAsync<Notice>(text, p => p.Add(x => x.Title, text).Add(x => x.ChildContent, Words(text)));
        await ShownAsync<FlashBar>(text, p => p.Add(x => x.Message, text));
        await ShownAsync<Dialog>(text, p => p.Add(x => x.Id, "d").Add(x => x.Title, text));
    }

    // The text is found again as text, what the server sends holds none of it raw, and no element came of it.
    private async Task ShownAsync<T>(string text, Action<ComponentParameterCollectionBuilder<T>> parameters) where T : IComponent
    {
        var drawn = Render(parameters);

        Assert.Contains(text, string.Concat(drawn.Nodes.Select(n => n.TextContent)), StringComparison.Ordinal);
        Assert.Empty(drawn.FindAll("script, [onerror], [onload], [onmouseover], img[src='x'], b"));
        if (text.AsSpan().IndexOfAny("<>\"") >= 0) Assert.DoesNotContain(text, await SentAsync(drawn.Instance), StringComparison.Ordinal);
    }

    // The same component as the product renders it: bunit's own markup leaves « < » as it is inside attributes.
    private async Task<string> SentAsync(IComponent drawn)
    {
        var parameters = drawn.GetType().GetProperties().Where(p => p.GetCustomAttribute<ParameterAttribute>() is { CaptureUnmatchedValues: false }).ToDictionary(p => p.Name, p => p.GetValue(drawn));
        await using var renderer = new HtmlRenderer(Services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(drawn.GetType(), ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
