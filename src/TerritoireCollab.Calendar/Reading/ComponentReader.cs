namespace TerritoireCollab.Calendar.Reading;

/// <summary>
/// Gathers lines into components. Ends that are missing or belong to nothing are made up for: an event begins where it says so, whatever is open,
/// and what stands outside of any calendar is of one all the same.
/// </summary>
internal sealed class ComponentReader(CalendarReadLimits limits)
{
    private readonly List<Component> _open = [];
    private int _skippedDepth;

    public List<Component> Events { get; } = [];

    public List<Component> Zones { get; } = [];

    /// <summary>Properties of the calendar itself.</summary>
    public Component Head { get; } = new("VCALENDAR");

    /// <summary>How many there are of what is no event, by name.</summary>
    public SortedDictionary<string, int> Others { get; } = new(StringComparer.Ordinal);

    public bool IsCalendar { get; private set; }

    public int ExcessEvents { get; private set; }

    public int CutLines { get; private set; }

    public void Take(ContentLine line)
    {
        if (line.Name == "BEGIN") Begin(line.Value.Trim().ToUpperInvariant());
        else if (line.Name == "END") End(line.Value.Trim().ToUpperInvariant());
        else if (_skippedDepth == 0) Add(line);
    }

    private void Begin(string name)
    {
        if (name is "VEVENT" or "VCALENDAR" or "VTODO" or "VJOURNAL" or "VFREEBUSY" or "VTIMEZONE")
        {
            _open.Clear();
            _skippedDepth = 0;
        }

        switch (name)
        {
            case "VCALENDAR":
                IsCalendar = true;
                break;
            case "VEVENT":
                IsCalendar = true;
                Open(name, Events.Count < limits.Events ? Events : null);
                if (_open[0].Name.Length == 0) ExcessEvents++;
                break;
            case "VTIMEZONE":
                Open(name, Zones.Count < limits.Events ? Zones : null);
                break;
            case "VALARM" or "STANDARD" or "DAYLIGHT" when _open.Count is > 0 and < 3 && _skippedDepth == 0:
                Open(name, _open[^1].Inner.Count < limits.Properties ? _open[^1].Inner : null);
                break;
            default:
                if (name is "VTODO" or "VJOURNAL" or "VFREEBUSY")
                {
                    IsCalendar = true;
                    Others[name] = Others.GetValueOrDefault(name) + 1;
                }

                if (_skippedDepth < limits.Depth) _skippedDepth++;
                break;
        }
    }

    // What is beyond a limit is opened without a name: its lines have somewhere to go, and go nowhere.
    private void Open(string name, List<Component>? into)
    {
        var component = new Component(into is null ? "" : name);
        into?.Add(component);
        _open.Add(component);
    }

    private void End(string name)
    {
        if (name == "VCALENDAR")
        {
            _open.Clear();
            _skippedDepth = 0;
        }
        else if (_open.FindLastIndex(c => c.Name == name) is >= 0 and var at)
        {
            _open.RemoveRange(at, _open.Count - at);
            _skippedDepth = 0;
        }
        else if (_skippedDepth > 0) _skippedDepth--;
        else if (_open is [.., { Name: "" }] && name is "VEVENT" or "VTIMEZONE" or "VALARM" or "STANDARD" or "DAYLIGHT" && _open.Count > 0) _open.RemoveAt(_open.Count - 1);
    }

    private void Add(ContentLine line)
    {
        var component = _open.Count > 0 ? _open[^1] : Head;
        if (component.Name.Length == 0) return;
        if (component.Lines.Count < limits.Properties) component.Lines.Add(line);
        else CutLines++;
    }
}
