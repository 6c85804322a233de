using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Admin.Outbox;

/// <summary>A step of a trial, as it is told.</summary>
/// <param name="Name">What is tried, in words.</param>
/// <param name="IsDone">Whether it went well; null when it was not reached.</param>
/// <param name="Outcome">The same, in a word.</param>
/// <param name="Detail">What the server said, without any secret.</param>
public sealed record TrialStep(string Name, bool? IsDone, string Outcome, string? Detail);

/// <summary>A trial.</summary>
/// <param name="Address">Where the mail went.</param>
/// <param name="Steps">Step by step.</param>
public sealed record MailTrial(string Address, IReadOnlyList<TrialStep> Steps)
{
    /// <summary>Whether the mail has left.</summary>
    public bool HasLeft => Steps.All(s => s.IsDone == true);

    /// <summary>The same, in a sentence.</summary>
    public string Verdict => (HasLeft ? AdminTexts.TrialWent : AdminTexts.TrialFailed).With(Address);
}

/// <summary>Sends a trial mail, at once and beside the queue.</summary>
public sealed class TryMail(AppDb database, AdministratorMails mails, MailProbe probe, SecurityLog security)
{
    /// <summary>Sends it, and tells step by step.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public Task<MailTrial> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        return ToAsync(viewer.MemberId, cancellation);
    }

    /// <summary>Sends it to a member, for who works on the machine itself.</summary>
    public async Task<MailTrial> ToAsync(Guid memberId, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var member = await db.Members.AsNoTracking().FirstAsync(m => m.Id == memberId, cancellation);
        var mail = await mails.TrialAsync(member, cancellation);
        mail.Id = Guid.CreateVersion7();
        await security.WriteAsync("courriel.essai", memberId, cancellation: cancellation);
        return new(mail.ToAddress, [.. (await probe.RunAsync(mail, cancellation)).Select(s => new TrialStep(Words.Of(s.Stage), s.IsDone, Words.Of(s.IsDone), s.Detail))]);
    }
}
