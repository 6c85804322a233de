using System.Text;
using System.Text.Json;

namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>Sentences put together at random: titles and texts that read like talk, as many as a load needs.</summary>
public sealed class DemoPhrases
{
    private const string Everywhere = "tous";
    private const int FewestWords = 40;

    private readonly List<(bool IsQuestion, string Text)> _titles;
    private readonly Dictionary<string, string[]> _sentences;
    private readonly Dictionary<string, Slot[]> _slots;
    private readonly string[][] _recipes;

    /// <summary>Reads the text <c>phrases</c>.</summary>
    public DemoPhrases(DemoTexts texts)
    {
        var source = texts.Read<Source>("phrases");
        _titles = [.. source.Titles.Select(t => (t.Kind == "question", t.Text))];
        _sentences = source.Sentences;
        _slots = source.Slots.ToDictionary(s => s.Key, s => s.Value.Select(Slot.Of).ToArray());
        _recipes = source.Recipes;
    }

    /// <summary>Draws a subject for a thread, in the domain <c>collectivites</c> or <c>entreprises</c>.</summary>
    public DemoSubject Subject(DemoRandom random, string domain) => new(domain, random.Pick(Of("sujet", domain)));

    /// <summary>Draws a title.</summary>
    public (bool IsQuestion, string Text) Title(DemoRandom random, DemoSubject subject)
    {
        var (isQuestion, text) = random.Pick(_titles);
        return (isQuestion, Fill(random, subject, text));
    }

    /// <summary>Draws a text of 40 words and more.</summary>
    public string Body(DemoRandom random, DemoSubject subject)
    {
        var used = new HashSet<string>();
        var text = new StringBuilder();
        foreach (var theme in random.Pick(_recipes)) Append(theme);
        while (text.ToString().Count(c => c == ' ') + 1 < FewestWords) Append("arguments");
        return text.ToString();

        void Append(string theme)
        {
            var sentence = random.Pick(_sentences[theme]);
            for (var tries = 0; !used.Add(sentence) && tries < 20; tries++) sentence = random.Pick(_sentences[theme]);
            if (text.Length > 0) text.Append(theme == "closers" ? "\n\n" : " ");
            text.Append(Fill(random, subject, sentence));
        }
    }

    private string Fill(DemoRandom random, DemoSubject subject, string text)
    {
        var filled = new StringBuilder(text.Length + 40);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0) open = text.Length;
            filled.Append(text, at, open - at);
            if (open == text.Length) break;

            var close = text.IndexOf('}', open);
            var (name, form) = text[(open + 1)..close].Split('.') is [var slot, var wanted] ? (slot, wanted) : (text[(open + 1)..close], "");
            var word = (name == "sujet" ? subject.Slot : random.Pick(Of(name, subject.Domain))).Form(form);
            filled.Append(filled.Length == 0 && word.Length > 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word);
            at = close + 1;
        }

        return filled.ToString();
    }

    private Slot[] Of(string name, string domain) => [.. _slots[name].Where(s => s.Domain == Everywhere || s.Domain == domain)];

    /// <summary>A word or a group of words in its forms.</summary>
    internal sealed record Slot(string Domain, IReadOnlyDictionary<string, string> Forms)
    {
        public string Form(string name) => Forms.TryGetValue(name, out var form) ? form : Forms[""];

        public static Slot Of(JsonElement value) => value.ValueKind == JsonValueKind.String
            ? new Slot(Everywhere, new Dictionary<string, string> { [""] = value.GetString()! })
            : new Slot(
                value.TryGetProperty("domaine", out var domain) ? domain.GetString()! : Everywhere,
                value.EnumerateObject().Where(p => p.Name != "domaine").ToDictionary(p => p.Name, p => p.Value.GetString()!));
    }

    private sealed record Source(IReadOnlyList<TitleSource> Titles, Dictionary<string, string[]> Sentences, Dictionary<string, JsonElement[]> Slots, string[][] Recipes);

    private sealed record TitleSource(string Kind, string Text);
}

/// <summary>What a thread made of phrases is about: the same from its title to its last answer.</summary>
public sealed class DemoSubject
{
    internal DemoSubject(string domain, DemoPhrases.Slot slot) => (Domain, Slot) = (domain, slot);

    internal string Domain { get; }

    internal DemoPhrases.Slot Slot { get; }
}
