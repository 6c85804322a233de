using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Ui.Guests;

namespace TerritoireCollab.Ui.Mail;

/// <summary>Makes mails ready for the outbox, whatever room they come from: draws both parts, writes the fields they are sorted by, dates them.</summary>
public sealed class MailWriter(MailRenderer renderer, MailOptions options, TimeProvider clock)
{
    /// <summary>A message identifier of this house, without angle brackets.</summary>
    /// <param name="name">What tells it from all others: letters, digits, dots, hyphens.</param>
    public string IdOf(string name) => $"{name}@{options.ReplyDomain}";

    /// <summary>The row of the outbox; nothing is stored yet.</summary>
    public async Task<MailRow> WriteAsync(NewMail mail)
    {
        var parts = await renderer.RenderAsync(mail.Content);
        var at = mail.At ?? clock.GetUtcNow().UtcDateTime;
        return new MailRow
        {
            UniqueKey = mail.UniqueKey,
            Key = mail.Key,
            Kind = mail.Kind,
            MemberId = mail.To.MemberId,
            ItemId = mail.ItemId,
            GroupId = mail.GroupId,
            Optional = mail.Optional,
            Priority = mail.Priority,
            FromName = MailSorting.OneLine(mail.FromName ?? mail.Sorting.ListName),
            ToAddress = mail.To.Address,
            ToName = MailSorting.OneLine(mail.To.Name),
            Subject = mail.Subject ?? mail.Content.Title,
            TextBody = parts.Text,
            HtmlBody = parts.Html,
            MessageId = mail.MessageId,
            InReplyTo = mail.References.Count == 0 ? null : mail.References[^1],
            References = mail.References.Count == 0 ? null : string.Join(' ', mail.References),
            Headers = string.Join('\n', [mail.Sorting.Write(options), .. mail.Fields]),
            IsAnswerable = mail.IsAnswerable,
            AnswersNumber = mail.AnswersNumber,
            Files = mail.Files.Count == 0 ? null : string.Join(' ', mail.Files.Select(f => f.ToString("N"))),
            Calendar = mail.Calendar,
            CreatedAt = at,
            NextAttemptAt = at,
            State = mail.IsHeld ? MailState.Held : MailState.Pending,
        };
    }
}

/// <summary>What writes mails.</summary>
public static class MailWriting
{
    /// <summary>Adds it. Every room that writes mails asks for it, whichever comes first.</summary>
    public static IServiceCollection AddMailWriting(this IServiceCollection services)
    {
        services.TryAddSingleton<MailRenderer>();
        services.TryAddSingleton<MailFoot>();
        services.TryAddSingleton<MailWriter>();
        services.TryAddSingleton<IGuestLetters, GuestLetters>();
        return services;
    }
}
