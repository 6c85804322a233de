using static TerritoireCollab.Architecture.Tests.Reading.CSharpText;

namespace TerritoireCollab.Architecture.Tests.Reading;

/// <summary>A text node of a component.</summary>
/// <param name="Position">Where its first letter stands.</param>
/// <param name="Text">Its characters.</param>
internal sealed record RazorText(int Position, string Text);

/// <summary>An attribute of a tag.</summary>
/// <param name="Name">As written, with its @ if any.</param>
/// <param name="Value">Between the quotes.</param>
/// <param name="Literal">The value without its expressions.</param>
/// <param name="Position">Where it stands.</param>
internal sealed record RazorAttribute(string Name, string Value, string Literal, int Position);

/// <summary>An opening tag, of an element or of a component.</summary>
internal sealed record RazorTag(string Name, int Position, IReadOnlyList<RazorAttribute> Attributes)
{
    /// <summary>Whether it is a component's.</summary>
    public bool IsComponent => char.IsUpper(Name[0]);
}

/// <summary>A .razor file told apart: text nodes, tags, and code.</summary>
internal sealed record RazorDocument(IReadOnlyList<RazorText> Texts, IReadOnlyList<RazorTag> Tags, string Code)
{
    public static RazorDocument Read(string source) => new RazorReader(source).Read();
}

/// <summary>
/// Reads Razor as far as the rules need: markup with expressions, statements that hold markup, @code blocks, directives. Markup inside
/// code starts where a statement would, with a tag; everything between that tag and its end is markup again.
/// </summary>
internal sealed class RazorReader(string source)
{
    private static readonly HashSet<string> Statements = ["if", "foreach", "for", "while", "switch", "lock", "try", "do"];
    private static readonly HashSet<string> Followers = ["else", "catch", "finally"];
    private static readonly HashSet<string> Directives =
        ["page", "inject", "using", "namespace", "inherits", "implements", "layout", "attribute", "typeparam", "rendermode", "preservewhitespace"];
    private static readonly HashSet<string> Void =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    private readonly List<RazorText> _texts = [];
    private readonly List<RazorTag> _tags = [];
    private readonly char[] _code = Blank(source);
    private int _at;
    private int _textFrom = -1;
    private bool _raw;

    public RazorDocument Read()
    {
        while (_at < source.Length) Step();
        EndText();
        return new(_texts, _tags, new string(_code));
    }

    /// <summary>One step through markup; returns by how much the depth of elements changes.</summary>
    private int Step()
    {
        if (source[_at] == '@' && Transition()) return 0;
        if (source[_at] == '<' && _at + 1 < source.Length && (char.IsLetter(source[_at + 1]) || source[_at + 1] is '/' or '!'))
        {
            EndText();
            return Tag();
        }

        if (_textFrom < 0) _textFrom = _at;
        _at++;
        return 0;
    }

    private void EndText()
    {
        if (_textFrom < 0) return;
        var text = source[_textFrom.._at];
        var position = _textFrom + (text.Length - text.TrimStart().Length);
        if (!_raw && !string.IsNullOrWhiteSpace(text)) _texts.Add(new(position, text.Trim()));
        _textFrom = -1;
    }

    private bool Transition()
    {
        if (_at + 1 >= source.Length) return false;
        // An address such as agent@drome.example stays text.
        if (_textFrom >= 0 && _at > 0 && char.IsLetterOrDigit(source[_at - 1])) return false;

        var next = source[_at + 1];
        if (next == '@')
        {
            if (_textFrom < 0) _textFrom = _at;
            _at += 2;
            return true;
        }

        if (next != '*' && next != '(' && next != '{' && !char.IsLetter(next) && next != '_') return false;

        EndText();
        _at++;
        if (next == '*') _at = Math.Min(source.Length, Find(source, "*@", _at) + 2);
        else if (next == '(') Brackets();
        else if (next == '{') Block();
        else Word();
        return true;
    }

    private void Word()
    {
        var word = Peek();
        var after = _at + word.Length;
        if (word is "code" or "functions" && NextSign(after) == '{') Opening();
        else if (Statements.Contains(word) && NextSign(after) is '(' or '{' || (word == "using" && NextSign(after) == '(')) Statement();
        else if (Directives.Contains(word) && IsLineStart(_at - 1)) CopyTo(Find(source, "\n", _at));
        else Expression();
    }

    private void Statement()
    {
        while (true)
        {
            Opening();
            var next = _at;
            while (next < source.Length && char.IsWhiteSpace(source[next])) next++;
            if (!Followers.Contains(WordAt(next))) return;
            _at = next;
        }
    }

    private void Expression()
    {
        if (Peek() == "await") CopyTo(_at + 6);
        CopyTo(_at + Peek().Length);
        while (_at < source.Length)
        {
            var sign = source[_at];
            if (sign is '(' or '[') Brackets();
            else if (sign == '.' && IsNameStart(_at + 1)) CopyTo(_at + 1 + WordAt(_at + 1).Length);
            else if (sign is '?' or '!' && _at + 1 < source.Length && (source[_at + 1] is '.' or '[') && (source[_at + 1] == '[' || IsNameStart(_at + 2))) CopyTo(_at + 1);
            else return;
        }
    }

    private void Brackets()
    {
        CopyTo(_at + 1);
        Code();
        if (_at < source.Length) CopyTo(_at + 1);
    }

    /// <summary>Copies code up to the next block, then reads the block.</summary>
    private void Opening()
    {
        while (_at < source.Length && source[_at] != '{')
        {
            if (SkipNonCode(source, ref _at, _code)) continue;
            if (source[_at] == '(') Brackets();
            else CopyTo(_at + 1);
        }

        if (_at < source.Length) Block();
    }

    private void Block() => Brackets();

    /// <summary>Code up to the bracket that closes it, with the markup that it holds.</summary>
    private void Code()
    {
        var before = '{';
        for (var depth = 0; _at < source.Length;)
        {
            var sign = source[_at];
            if (sign == '@' && _at + 1 < source.Length && source[_at + 1] is '<' or ':' or '*')
            {
                MarkupInCode();
                before = ';';
                continue;
            }

            if (sign == '<' && before is '{' or '}' or ';' or ':' && _at + 1 < source.Length && (char.IsLetter(source[_at + 1]) || Starts(source, _at, "<!--")))
            {
                Element();
                before = ';';
                continue;
            }

            if (SkipNonCode(source, ref _at, _code)) continue;
            if (sign is '(' or '[' or '{') depth++;
            if (sign is ')' or ']' or '}' && depth-- == 0) return;
            if (!char.IsWhiteSpace(sign)) before = sign;
            CopyTo(_at + 1);
        }
    }

    private void MarkupInCode()
    {
        _at++;
        if (source[_at] == '<')
        {
            Element();
            return;
        }

        if (source[_at] == '*')
        {
            _at = Math.Min(source.Length, Find(source, "*@", _at) + 2);
            return;
        }

        _at++;
        var end = Find(source, "\n", _at);
        while (_at < end) Step();
        EndText();
    }

    private void Element()
    {
        var depth = 0;
        do depth += Step();
        while (depth > 0 && _at < source.Length);
        EndText();
    }

    private int Tag()
    {
        if (Starts(source, _at, "<!"))
        {
            _at = Starts(source, _at, "<!--") ? Math.Min(source.Length, Find(source, "-->", _at) + 3) : Math.Min(source.Length, Find(source, ">", _at) + 1);
            return 0;
        }

        if (source[_at + 1] == '/')
        {
            _raw = false;
            _at = Math.Min(source.Length, Find(source, ">", _at) + 1);
            return -1;
        }

        var position = _at++;
        var from = _at;
        while (_at < source.Length && (char.IsLetterOrDigit(source[_at]) || source[_at] is '-' or '_' or '.' or ':')) _at++;
        var name = source[from.._at];
        var attributes = Attributes(char.IsUpper(name[0]));
        _tags.Add(new(name, position, attributes));
        var closed = source[Math.Max(0, _at - 2)] == '/';
        _raw = !closed && name is "script" or "style";
        return closed || Void.Contains(name) ? 0 : 1;
    }

    private List<RazorAttribute> Attributes(bool ofComponent)
    {
        var found = new List<RazorAttribute>();
        while (_at < source.Length)
        {
            var sign = source[_at];
            if (sign == '>')
            {
                _at++;
                return found;
            }

            if (char.IsWhiteSpace(sign) || sign is '/' or '"') _at++;
            else if (Starts(source, _at, "@("))
            {
                _at++;
                Brackets();
            }
            else if (Starts(source, _at, "@*")) _at = Math.Min(source.Length, Find(source, "*@", _at) + 2);
            else found.Add(Attribute(ofComponent));
        }

        return found;
    }

    private RazorAttribute Attribute(bool ofComponent)
    {
        var from = _at;
        while (_at < source.Length && !char.IsWhiteSpace(source[_at]) && source[_at] is not ('=' or '>' or '/')) _at++;
        if (_at == from) _at++;
        var name = source[from.._at];
        if (_at >= source.Length || source[_at] != '=') return new(name, "", "", from);

        _at++;
        if (_at >= source.Length || source[_at] is not ('"' or '\'')) return Unquoted(name, from);

        var quote = source[_at++];
        var start = _at;
        var literal = new System.Text.StringBuilder();
        var isCode = ofComponent || name[0] == '@';
        while (_at < source.Length && source[_at] != quote)
        {
            if (source[_at] == '@' && _at + 1 < source.Length && (source[_at + 1] == '(' || IsNameStart(_at + 1)))
            {
                _at++;
                if (source[_at] == '(') Brackets();
                else Expression();
            }
            else
            {
                literal.Append(source[_at]);
                if (isCode) _code[_at] = source[_at];
                _at++;
            }
        }

        var value = source[start.._at];
        _at = Math.Min(source.Length, _at + 1);
        return new(name, value, literal.ToString(), from);
    }

    private RazorAttribute Unquoted(string name, int from)
    {
        var start = _at;
        while (_at < source.Length && !char.IsWhiteSpace(source[_at]) && source[_at] != '>')
        {
            if (Starts(source, _at, "@("))
            {
                _at++;
                Brackets();
            }
            else _at++;
        }

        return new(name, source[start.._at], source[start] == '@' ? "" : source[start.._at], from);
    }

    private void CopyTo(int end)
    {
        end = Math.Min(source.Length, end);
        while (_at < end)
        {
            if (SkipNonCode(source, ref _at, _code)) continue;
            _code[_at] = source[_at];
            _at++;
        }
    }

    private string Peek() => WordAt(_at);

    private string WordAt(int from)
    {
        var end = from;
        while (end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] == '_')) end++;
        return from >= source.Length ? "" : source[from..end];
    }

    private bool IsNameStart(int at) => at < source.Length && (char.IsLetter(source[at]) || source[at] == '_');

    private char NextSign(int at)
    {
        while (at < source.Length && char.IsWhiteSpace(source[at])) at++;
        return at < source.Length ? source[at] : ' ';
    }

    private bool IsLineStart(int at)
    {
        for (at--; at >= 0 && source[at] != '\n'; at--)
            if (!char.IsWhiteSpace(source[at])) return false;
        return true;
    }
}
