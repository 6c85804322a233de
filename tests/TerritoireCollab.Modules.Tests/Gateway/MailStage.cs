using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Gateway;

/// <summary>One instance to which mail comes in, for the tests of a class; each brings people, groups and mails of its own.</summary>
public sealed class MailStage : Stage
{
    /// <inheritdoc />
    protected override (string Key, string Value)[] Settings => MailIn.Settings;

    /// <summary>A group with a thread of its owner, and a member who got the thread by mail.</summary>
    public async Task<MailedThread> ThreadAsync(GroupVisibility visibility = GroupVisibility.AllMembers, string title = "Le marché du samedi")
    {
        var (owner, member) = (await Scene.MemberAsync("Odile Dubois"), await Scene.MemberAsync("Marc Tesson"));
        var group = await Scene.GroupAsync("Vie locale", owner, visibility, members: member);
        var topic = await Scene.TopicAsync(group, owner, title, "Qui vient samedi ?");
        return new(group, owner, member, topic, await MailAsync(member, topic));
    }

    /// <summary>A mail of ours that a member got of a thread, or of one of its answers.</summary>
    public async Task<MailRow> MailAsync(Member member, string? topic, int? number = null, bool isAnswerable = true)
    {
        await using var db = Instance.Open(Viewer.System);
        var item = topic is null ? null : await db.Items.SingleAsync(i => i.ShortId == topic);
        var mail = new MailRow
        {
            UniqueKey = $"essai:{Guid.CreateVersion7():N}",
            Kind = "essai",
            MemberId = member.Id,
            ItemId = item?.Id,
            GroupId = item?.GroupId,
            Optional = true,
            Key = MailKeys.New(),
            IsAnswerable = isAnswerable,
            AnswersNumber = number,
            FromName = "Vie locale",
            ToAddress = member.Email!,
            ToName = member.Name,
            Subject = "[Vie locale] Un fil",
            TextBody = "Un message.",
            HtmlBody = "<p>Un message.</p>",
            MessageId = $"fil.{topic}.{Guid.CreateVersion7():N}@essai.invalid",
            CreatedAt = Scene.Now,
            NextAttemptAt = Scene.Now,
            State = MailState.Sent,
        };
        db.Mails.Add(mail);
        await db.SaveChangesAsync();
        return mail;
    }

    /// <summary>What was mailed back to an address so far, oldest first.</summary>
    public async Task<IReadOnlyList<MailRow>> BackAsync(string address) => [.. (await Instance.LettersAsync(address)).Where(m => m.Kind.StartsWith("reception.", StringComparison.Ordinal))];

    /// <summary>The thread as somebody reads it.</summary>
    public async Task<VisitedPage> ReadAsync(MailedThread thread, Member reader) => await (await AsAsync(reader)).OpenAsync($"/c/{thread.Topic}");

    /// <summary>French spaces as plain ones.</summary>
    public static string Plain(string text) => InboxStage.Plain(text);
}

/// <summary>A thread that somebody got by mail.</summary>
public sealed record MailedThread(Group Group, Member Owner, Member Member, string Topic, MailRow Mail)
{
    /// <summary>An answer of the member to the mail.</summary>
    public SentMail Answer(string text) => new() { From = Member.Email!, Name = Member.Name, To = Mail.AnswerTo(), Text = text, InReplyTo = Mail.MessageId };
}
