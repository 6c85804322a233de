using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Admin.Overview;

/// <summary>Something to have done before members come.</summary>
/// <param name="IsDone">Whether it is.</param>
/// <param name="Text">What it is.</param>
/// <param name="Address">Where it is done; null for the configuration of the server.</param>
public sealed record CheckLine(bool IsDone, string Text, string? Address = null);

/// <summary>« Prêt pour la production ».</summary>
internal sealed class Checklist(PlatformSettings settings, PlatformOptions platform, MailOptions mail, TimeProvider clock)
{
    // A statement of conformity is good for three years.
    private const int AuditYears = 3;
    private const string Choices = "administration/reglages";

    /// <summary>Every line, in the order in which they matter.</summary>
    public async Task<IReadOnlyList<CheckLine>> ReadAsync(int administrators, int mailsInTrouble, CancellationToken cancellation)
    {
        var choices = await settings.ReadAsync(cancellation);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return
        [
            new(choices.LegalNotice.Length > 0, AdminTexts.CheckLegal, Choices),
            new(choices.ContactEmail.Length > 0, AdminTexts.CheckContact, Choices),
            new(choices.DataOfficer.Length > 0, AdminTexts.CheckDataOfficer, Choices),
            new(choices.AccessibilityAuditedOn is { } day && day.AddYears(AuditYears) > today, AdminTexts.CheckAccessibility, Choices),
            new(administrators > 1, AdminTexts.CheckAdministrators, "administration/membres?etat=actifs"),
            new(platform.BaseUrl.Scheme == Uri.UriSchemeHttps, AdminTexts.CheckHttps),
            new(mail.Transport == MailTransportKind.Smtp, AdminTexts.CheckSmtp),
            new(!mail.From.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase), AdminTexts.CheckSender),
            new(!platform.Demo, AdminTexts.CheckDemo),
            new(mailsInTrouble == 0, AdminTexts.CheckMails, "administration/courriels"),
        ];
    }
}
