using Microsoft.AspNetCore.Http;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Agenda.Pages;

/// <summary>An event as its form posts it.</summary>
public sealed record EventPosted
{
    /// <summary>Key proposed by the form, so that sending it twice publishes once.</summary>
    public Guid Id { get; init; }
    /// <summary>Title.</summary>
    public string? Title { get; init; }
    /// <summary>Text, in Markdown.</summary>
    public string? Body { get; init; }
    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }
    /// <summary>Who may read it.</summary>
    public Audience? Audience { get; init; }
    /// <summary>The version that was read.</summary>
    public int Version { get; init; }
    /// <summary>What it is.</summary>
    public EventKind Kind { get; init; }
    /// <summary>First day.</summary>
    public string? Day { get; init; }
    /// <summary>Hour.</summary>
    public string? From { get; init; }
    /// <summary>Hour of the end.</summary>
    public string? To { get; init; }
    /// <summary>Last day.</summary>
    public string? LastDay { get; init; }
    /// <summary>Where.</summary>
    public string? Place { get; init; }
    /// <summary>The commune.</summary>
    public string? Commune { get; init; }
    /// <summary>Link of the video conference.</summary>
    public string? OnlineUrl { get; init; }
    /// <summary>Whom to ask.</summary>
    public string? Contact { get; init; }
    /// <summary>What it costs.</summary>
    public string? Price { get; init; }
    /// <summary>How one takes part.</summary>
    public Attendance Attendance { get; init; }
    /// <summary>Places.</summary>
    public string? Places { get; init; }
    /// <summary>Hours before the beginning when registrations close.</summary>
    public string? ClosesBefore { get; init; }
    /// <summary>What is asked, one question a line.</summary>
    public string? Questions { get; init; }
    /// <summary>Members who organise it.</summary>
    public string? Organisers { get; init; }
    /// <summary>Organisations that organise it.</summary>
    public string? Organisations { get; init; }
    /// <summary>Files to take away.</summary>
    public Guid[]? RemovedFiles { get; init; }
    /// <summary>Whether the button pressed asks for more rows of the programme.</summary>
    public bool AddsSlots { get; init; }
    /// <summary>How it comes back.</summary>
    public Frequency Frequency { get; init; }
    /// <summary>Every so many.</summary>
    public string? Every { get; init; }
    /// <summary>Until when.</summary>
    public string? Until { get; init; }
    /// <summary>How many times.</summary>
    public string? Times { get; init; }
    /// <summary>A rule that the form cannot show.</summary>
    public string? Whole { get; init; }
    /// <summary>Whether the button pressed asks what else takes place that day.</summary>
    public bool Checks { get; init; }

    /// <summary>The time that is kept although something else takes place then, as <see cref="FindBesides.Named"/> writes it.</summary>
    public string? Anyway { get; init; }

    internal ContentInput Content => new() { Id = Id, Title = Title ?? "", Body = Body ?? "", Tags = Tags, Audience = Audience };

    /// <summary>The rows of the programme that a form sent; as many more as it shows at first where its button asks for them.</summary>
    internal IReadOnlyList<SlotDetails> Programme(IFormCollection form)
    {
        string? Posted(string part, int at) => form[$"Input.{SlotDetails.Field(part, at)}"];
        var rows = Enumerable.Range(0, Events.Programme.Most).TakeWhile(at => form.ContainsKey($"Input.{SlotDetails.Field(nameof(SlotDetails.Title), at)}")).Select(at => new SlotDetails
        {
            Day = Posted(nameof(SlotDetails.Day), at), From = Posted(nameof(SlotDetails.From), at), To = Posted(nameof(SlotDetails.To), at),
            Title = Posted(nameof(SlotDetails.Title), at), Place = Posted(nameof(SlotDetails.Place), at), Speakers = Posted(nameof(SlotDetails.Speakers), at),
        });
        return [.. AddsSlots ? rows.Concat(Enumerable.Repeat(new SlotDetails(), EventFields.MoreSlots)).Take(Events.Programme.Most) : rows];
    }

    internal EventDetails Details(IReadOnlyList<DayOfWeek>? days, IFormCollection form) => new()
    {
        Kind = Kind, Day = Day, From = From, To = To, LastDay = LastDay, IsAllDay = string.IsNullOrWhiteSpace(From), Place = Place, Commune = Commune, OnlineUrl = OnlineUrl, Contact = Contact, Price = Price,
        Organisers = Organisers, Organisations = Organisations, Programme = Programme(form),
        Attendance = Attendance, Places = Places, ClosesBefore = ClosesBefore, Questions = Questions,
        Repetition = new() { Frequency = Frequency, Every = Every, Until = Until, Times = Times, Whole = Whole, Days = days ?? [] },
    };

    /// <summary>The form with what was typed.</summary>
    internal EventForm Into(EventForm form, IReadOnlyList<DayOfWeek>? days, IFormCollection posted) =>
        form with { Title = Title ?? "", Body = Body ?? "", Tags = Tags ?? "", Audience = Audience ?? form.Audience, Details = Details(days, posted) };
}
