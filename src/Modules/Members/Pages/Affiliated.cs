using TerritoireCollab.Members.Organisations;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform;

namespace TerritoireCollab.Members.Pages;

/// <summary>Posts in words.</summary>
internal static class Affiliated
{
    /// <summary>« Maire · Collectivité · depuis le 3 mars 2024 ».</summary>
    public static string Line(AffiliationRow row) => Join(row.Function, OrganisationNames.Of(row.Kind), Period(row.From, row.Until));

    /// <summary>« depuis le … », « du … au … », or null.</summary>
    public static string? Period(DateOnly? from, DateOnly? until) => (from, until) switch
    {
        ({ } first, { } last) => MembersTexts.PeriodBoth.With(Dates.Full(first), Dates.Full(last)),
        ({ } first, null) => MembersTexts.PeriodSince.With(Dates.Full(first)),
        (null, { } last) => MembersTexts.PeriodUntil.With(Dates.Full(last)),
        _ => null,
    };

    /// <summary>The parts that are there, separated by dots.</summary>
    public static string Join(params ReadOnlySpan<string?> parts)
    {
        var kept = new List<string>();
        foreach (var part in parts)
            if (!string.IsNullOrEmpty(part)) kept.Add(part);
        return string.Join(" · ", kept);
    }
}
