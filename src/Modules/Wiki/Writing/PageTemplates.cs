using TerritoireCollab.Wiki.Resources;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>A page to begin with.</summary>
/// <param name="Key">Its name in addresses.</param>
/// <param name="Name">Its name in the reader's language.</param>
/// <param name="Hint">What it is for.</param>
/// <param name="Body">Its Markdown.</param>
public sealed record PageTemplate(string Key, Func<string> Name, Func<string> Hint, Func<string> Body);

/// <summary>The templates that every group has.</summary>
internal static class PageTemplates
{
    public static IReadOnlyList<PageTemplate> All { get; } =
    [
        new("compte-rendu", () => WikiTexts.TemplateMinutes, () => WikiTexts.TemplateMinutesHint, () => WikiTexts.TemplateMinutesBody),
        new("fiche-projet", () => WikiTexts.TemplateProject, () => WikiTexts.TemplateProjectHint, () => WikiTexts.TemplateProjectBody),
        new("mode-d-emploi", () => WikiTexts.TemplateGuide, () => WikiTexts.TemplateGuideHint, () => WikiTexts.TemplateGuideBody),
        new("deliberation", () => WikiTexts.TemplateDecision, () => WikiTexts.TemplateDecisionHint, () => WikiTexts.TemplateDecisionBody),
    ];

    public static PageTemplate? Of(string? key) => All.FirstOrDefault(t => t.Key == key);
}
