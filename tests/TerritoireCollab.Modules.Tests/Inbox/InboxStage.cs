using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>One instance for the tests of a class. Time stands still; what follows a commit runs in two steps: mails are decided, then they leave.</summary>
public sealed class InboxStage : Stage
{
    /// <summary>Decides the mails of what happened; none leaves yet.</summary>
    public async Task DecideAsync() => await Instance.Services.GetRequiredService<Dispatcher>().RunOnceAsync(default);

    /// <summary>Lets leave what was decided.</summary>
    public async Task SendAsync() => await Instance.Services.GetRequiredService<MailWorker>().RunOnceAsync(default);

    /// <summary>Mails that a member got so far, oldest first.</summary>
    public IReadOnlyList<ReceivedMail> MailsTo(Member member) => [.. ReceivedMail.AllOf(Instance).Where(m => m.To == member.Email)];

    /// <summary>Who got a mail that says <paramref name="words"/>, with the word of the reason, by name; a name as often as mails.</summary>
    public IReadOnlyList<string> ToldOf(string words, params Member[] people) =>
        [.. people.SelectMany(p => MailsTo(p).Where(m => Plain(m.Text).Contains(words, StringComparison.Ordinal)).Select(m => $"{p.Name}: {m.Field("X-Territoire-Raison")}")).Order(StringComparer.Ordinal)];

    /// <summary>French spaces as plain ones, for tests that look for words.</summary>
    public static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
