using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;

namespace TerritoireCollab.Platform.Settings;

/// <summary>Who can make an account.</summary>
public enum RegistrationMode
{
    /// <summary>Only people who were invited.</summary>
    ByInvitation = 0,
    /// <summary>Anyone; an administrator approves.</summary>
    OnApproval = 1,
    /// <summary>Anyone.</summary>
    Open = 2,
}

/// <summary>How far the site follows the RGAA, as the law has it said on every page.</summary>
public enum AccessibilityState
{
    /// <summary>No valid audit, or less than half of the criteria.</summary>
    None = 0,
    /// <summary>At least half of the criteria.</summary>
    Partial = 1,
    /// <summary>Every criterion.</summary>
    Full = 2,
}

/// <summary>What the administrators chose for the whole platform.</summary>
public sealed record PlatformChoices
{
    /// <summary>Name of the platform, in the header and in mails.</summary>
    public string Name { get; init; } = "Espace collaboratif";

    /// <summary>Name of the territory.</summary>
    public string Territory { get; init; } = "Territoire";

    /// <summary>Who can make an account.</summary>
    public RegistrationMode Registration { get; init; } = RegistrationMode.OnApproval;

    /// <summary>Longest of the two texts.</summary>
    public const int MaxTextLength = 4000;

    /// <summary>Who publishes the site, for the legal page, in Markdown; empty until filled in.</summary>
    [JsonIgnore]
    public string LegalNotice { get; init; } = "";

    /// <summary>Address to write to about the site, its accessibility or its security; empty until filled in.</summary>
    public string ContactEmail { get; init; } = "";

    /// <summary>How to reach the data protection officer, in words; empty until filled in.</summary>
    public string DataOfficer { get; init; } = "";

    /// <summary>Result of the last accessibility audit.</summary>
    public AccessibilityState Accessibility { get; init; }

    /// <summary>Day of that audit; null while there was none.</summary>
    public DateOnly? AccessibilityAuditedOn { get; init; }

    /// <summary>Who audited, what is not accessible and why, the plan: in Markdown.</summary>
    [JsonIgnore]
    public string AccessibilityReport { get; init; } = "";

    /// <summary>Whether every member may propose a group; administrators always may.</summary>
    public bool MembersCreateGroups { get; init; } = true;

    /// <summary>Fewest and most months of <see cref="GuestMonths"/>.</summary>
    public const int LeastGuestMonths = 1, MostGuestMonths = 36;

    /// <summary>How many months after the end of a content the names and addresses of people without an account who took part in it are kept.</summary>
    public int GuestMonths { get; init; } = 12;
}

/// <summary>Reads and writes the administrators' choices. Read often: kept in memory, and read again when another process may have changed them.</summary>
public sealed class PlatformSettings(AppDb database, TimeProvider clock)
{
    private const string Key = "plateforme";
    private const string LegalNoticeKey = "plateforme.mentions";
    private const string ReportKey = "plateforme.accessibilite";
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(30);

    // Never written into a page as it is, and a row holds 4,000 characters: accents are not escaped.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Kept? _kept;

    /// <summary>The choices in force.</summary>
    public async ValueTask<PlatformChoices> ReadAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_kept is { } kept && now - kept.ReadAt < Age) return kept.Choices;

        await using var db = database.Open(Viewer.System);
        var rows = await db.Settings.Where(s => s.Key == Key || s.Key == LegalNoticeKey || s.Key == ReportKey).ToDictionaryAsync(s => s.Key, s => s.Value, cancellation);
        var choices = rows.TryGetValue(Key, out var json) ? JsonSerializer.Deserialize<PlatformChoices>(json, Json) ?? new() : new PlatformChoices();
        choices = choices with { LegalNotice = rows.GetValueOrDefault(LegalNoticeKey, ""), AccessibilityReport = rows.GetValueOrDefault(ReportKey, "") };
        _kept = new(choices, now);
        return choices;
    }

    /// <summary>Replaces the choices.</summary>
    public async Task WriteAsync(PlatformChoices choices, CancellationToken cancellation)
    {
        try
        {
            await PutAsync(choices, cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Two first choices at the same moment: by now the rows are there.
            await PutAsync(choices, cancellation);
        }

        _kept = new(choices, clock.GetUtcNow());
    }

    private async Task PutAsync(PlatformChoices choices, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        await PutAsync(db, Key, JsonSerializer.Serialize(choices, Json), cancellation);
        await PutAsync(db, LegalNoticeKey, choices.LegalNotice, cancellation);
        await PutAsync(db, ReportKey, choices.AccessibilityReport, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private static async Task PutAsync(AppDbContext db, string key, string value, CancellationToken cancellation)
    {
        var row = await db.Settings.FirstOrDefaultAsync(s => s.Key == key, cancellation);
        if (row is null) db.Settings.Add(new Setting { Key = key, Value = value });
        else row.Value = value;
    }

    private sealed record Kept(PlatformChoices Choices, DateTimeOffset ReadAt);
}
