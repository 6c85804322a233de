using System.Text.RegularExpressions;
using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Data;

/// <summary>
/// A compiled query keeps, from its first run on, whatever it reads of the context outside the filters: one that reads the viewer answers
/// everybody with what its first reader may see. The viewer is a parameter.
/// </summary>
internal static class CompiledQueryRules
{
    private static readonly Regex Compile = new(@"\bEF\s*\.\s*Compile(Async)?Query\s*\(");
    private static readonly Regex StaticField = new(@"\bstatic\b[^;{}]*=\s*$");
    private static readonly Regex Viewer = new(@"\.\s*Viewer\b");

    /// <summary>Compiled queries that read the viewer of their context.</summary>
    public static IEnumerable<Violation> ReadingTheViewer(IEnumerable<SourceFile> files) =>
        from file in files
        let code = file.Code
        from Match query in Compile.Matches(code)
        let body = code[query.Index..Closing(code, query.Index + query.Length)]
        where Viewer.IsMatch(body)
        select new Violation(file.Path, $"{file.Path}:{file.LineOf(query.Index)}", "a compiled query reads the viewer of its context: make it a parameter.");

    /// <summary>Compiled queries kept for the whole process, which holds as many models as it opened databases.</summary>
    public static IEnumerable<Violation> Static(IEnumerable<SourceFile> files) =>
        from file in files
        let code = file.Code
        from Match query in Compile.Matches(code)
        where StaticField.IsMatch(code[..query.Index])
        select new Violation(file.Path, $"{file.Path}:{file.LineOf(query.Index)}", "a compiled query is static: it belongs to the model that it first ran on, so keep it in an instance.");

    private static int Closing(string code, int at)
    {
        CSharpText.CopyToClosing(code, ref at, CSharpText.Blank(code));
        return at;
    }
}
