namespace TerritoireCollab.Calendar.Reading;

/// <summary>Reads ORGANIZER and ATTENDEE.</summary>
internal static class PeopleReader
{
    private const string MailScheme = "mailto:";

    public static Attendee? Attendee(ContentLine line)
    {
        if (Address(line.Value) is not { } address) return null;

        return new(address, Name(line))
        {
            Status = line.Parameter("PARTSTAT")?.ToUpperInvariant() switch
            {
                "ACCEPTED" or "CONFIRMED" or "COMPLETED" => ParticipationStatus.Accepted,
                "DECLINED" => ParticipationStatus.Declined,
                "TENTATIVE" => ParticipationStatus.Tentative,
                "DELEGATED" => ParticipationStatus.Delegated,
                _ => ParticipationStatus.NeedsAction,
            },
            Role = line.Parameter("ROLE")?.ToUpperInvariant() switch
            {
                "CHAIR" => ParticipationRole.Chair,
                "OPT-PARTICIPANT" => ParticipationRole.Optional,
                "NON-PARTICIPANT" => ParticipationRole.NonParticipant,
                _ => ParticipationRole.Required,
            },
            IsAnswerAsked = line.Parameter("RSVP")?.ToUpperInvariant() is "TRUE" or "YES",
        };
    }

    public static string? Name(ContentLine line) => TextValue.Line(line.Parameter("CN"));

    /// <summary>A mail address without its scheme, whatever its case; other addresses as they are.</summary>
    public static string? Address(string value)
    {
        var text = TextValue.Line(value);
        if (text?.StartsWith(MailScheme, StringComparison.OrdinalIgnoreCase) == true) text = text[MailScheme.Length..].Trim();
        if (string.IsNullOrEmpty(text)) return null;
        // vCalendar 1.0: "Léa Exemple <lea@mairie.example>".
        return text.EndsWith('>') && text.LastIndexOf('<') is >= 0 and var at ? text[(at + 1)..^1].Trim() : text;
    }
}
