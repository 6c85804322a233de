using System.Globalization;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Admin.Choices;

/// <summary>The settings as typed.</summary>
public sealed class ChoicesInput
{
    /// <summary>Name of the platform.</summary>
    public string? Name { get; set; }
    /// <summary>Name of the territory.</summary>
    public string? Territory { get; set; }
    /// <summary>A <see cref="RegistrationMode"/>.</summary>
    public string? Registration { get; set; }
    /// <summary>Whether members propose groups.</summary>
    public bool MembersCreateGroups { get; set; }
    /// <summary>Months for which guests are kept, in digits.</summary>
    public string? GuestMonths { get; set; }
    /// <summary>Address to write to.</summary>
    public string? ContactEmail { get; set; }
    /// <summary>How to reach the data protection officer.</summary>
    public string? DataOfficer { get; set; }
    /// <summary>Markdown of the legal page.</summary>
    public string? LegalNotice { get; set; }
    /// <summary>An <see cref="AccessibilityState"/>.</summary>
    public string? Accessibility { get; set; }
    /// <summary>Day of the audit, as a date input writes it.</summary>
    public string? AuditedOn { get; set; }
    /// <summary>Markdown of the accessibility statement.</summary>
    public string? AccessibilityReport { get; set; }

    /// <summary>The choices in force, to be edited.</summary>
    public static ChoicesInput Of(PlatformChoices choices) => new()
    {
        Name = choices.Name,
        Territory = choices.Territory,
        Registration = choices.Registration.ToString(),
        MembersCreateGroups = choices.MembersCreateGroups,
        GuestMonths = choices.GuestMonths.ToString(CultureInfo.InvariantCulture),
        ContactEmail = choices.ContactEmail,
        DataOfficer = choices.DataOfficer,
        LegalNotice = choices.LegalNotice,
        Accessibility = choices.Accessibility.ToString(),
        AuditedOn = choices.AccessibilityAuditedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        AccessibilityReport = choices.AccessibilityReport,
    };
}

/// <summary>Reads and changes the settings of the platform.</summary>
internal sealed class EditChoices(PlatformSettings settings, SecurityLog security, TimeProvider clock)
{
    private const int LongestName = 60;
    private const int LongestLine = 200;

    /// <summary>The settings in force.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task<ChoicesInput> ReadAsync(Viewer viewer, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        return ChoicesInput.Of(await settings.ReadAsync(cancellation));
    }

    /// <summary>Replaces the settings.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    /// <exception cref="InvalidInputException">Something cannot be used.</exception>
    public async Task ExecuteAsync(Viewer viewer, ChoicesInput input, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        var rules = new Rules()
            .Text(input.Name, nameof(input.Name), LongestName)
            .Text(input.Territory, nameof(input.Territory), LongestName)
            .Check(Enum.TryParse<RegistrationMode>(input.Registration, out var registration) && Enum.IsDefined(registration), nameof(input.Registration), AdminTexts.ChooseOne)
            .Check(int.TryParse(input.GuestMonths, NumberStyles.None, CultureInfo.InvariantCulture, out var guestMonths) && guestMonths is >= PlatformChoices.LeastGuestMonths and <= PlatformChoices.MostGuestMonths,
                nameof(input.GuestMonths), AdminTexts.GuestMonthsBounds.With(PlatformChoices.LeastGuestMonths, PlatformChoices.MostGuestMonths))
            .Check(string.IsNullOrWhiteSpace(input.ContactEmail) || Emails.IsUsable(input.ContactEmail), nameof(input.ContactEmail), AdminTexts.AddressNotUsable)
            .Text(input.DataOfficer, nameof(input.DataOfficer), LongestLine, required: false)
            .Text(input.LegalNotice, nameof(input.LegalNotice), PlatformChoices.MaxTextLength, required: false)
            .Check(Enum.TryParse<AccessibilityState>(input.Accessibility, out var accessibility) && Enum.IsDefined(accessibility), nameof(input.Accessibility), AdminTexts.ChooseOne)
            .Text(input.AccessibilityReport, nameof(input.AccessibilityReport), PlatformChoices.MaxTextLength, required: false);
        var auditedOn = Day(input.AuditedOn, rules);
        rules.Check(accessibility == AccessibilityState.None || auditedOn is not null, nameof(input.AuditedOn), AdminTexts.AuditNeeded).Demand();

        var before = await settings.ReadAsync(cancellation);
        var after = before with
        {
            Name = input.Name!.Trim(),
            Territory = input.Territory!.Trim(),
            Registration = registration,
            MembersCreateGroups = input.MembersCreateGroups,
            GuestMonths = guestMonths,
            ContactEmail = input.ContactEmail?.Trim() ?? "",
            DataOfficer = input.DataOfficer?.Trim() ?? "",
            LegalNotice = input.LegalNotice?.Trim() ?? "",
            Accessibility = accessibility,
            AccessibilityAuditedOn = auditedOn,
            AccessibilityReport = input.AccessibilityReport?.Trim() ?? "",
        };
        if (after == before) return;

        await settings.WriteAsync(after, cancellation);
        await security.WriteAsync("reglages.modifies", viewer.MemberId, detail: string.Join(", ", Changed(before, after)), cancellation: cancellation);
    }

    // An audit of tomorrow is a slip of the pen; one that needs no audit has none.
    private DateOnly? Day(string? text, Rules rules)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        var isRead = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        rules.Check(isRead && day <= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1), nameof(ChoicesInput.AuditedOn), AdminTexts.DayNotUsable);
        return isRead ? day : null;
    }

    private static IEnumerable<string> Changed(PlatformChoices before, PlatformChoices after) =>
        typeof(PlatformChoices).GetProperties().Where(p => !Equals(p.GetValue(before), p.GetValue(after))).Select(p => p.Name);
}
