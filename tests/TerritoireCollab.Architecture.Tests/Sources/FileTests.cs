using System.Xml.Linq;
using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Sources;

public sealed class FileTests
{
    private static readonly string[] Written = [".cs", ".razor", ".css", ".js", ".mjs"];

    // Razor makes a public class of every component and of every _Imports: what they are for stands on their parameters.
    private static readonly HashSet<string> Razor = [.. Checkout.Files("src", ".razor").Select(f => Path.GetFileNameWithoutExtension(f.Path))];

    [Fact]
    public void Files_OfTheHouse_AreNotTooLong() =>
        Verdict.NoViolation(FileRules.TooLong(Checkout.Files("src", Written).Where(f => !f.Path.Contains("/Migrations/", StringComparison.Ordinal))));

    [Fact]
    public void Files_OfTheHouse_LeaveNoReminder() => Verdict.NoViolation(FileRules.Reminders(Checkout.Files("src", [.. Written, ".csproj", ".targets"])));

    [Fact]
    public void Files_OfTheHouse_StandInNamedFolders() =>
        Verdict.NoViolation(FileRules.DrawerFolders(Checkout.Files("src", Written).Concat(Checkout.Files("tests", ".cs")).Select(f => f.Path)));

    [Fact]
    public void Modules_OfTheHouse_HaveClassAndTexts() => Verdict.NoViolation(FileRules.Modules(Checkout.Files("src", ".cs", ".razor", ".csproj", ".resx").Select(f => f.Path)));

    [Fact]
    public void Tests_OfTheHouse_AreNamedAlike() => Verdict.NoViolation(FileRules.TestNames(Checkout.Files("tests", ".cs")));

    [Fact]
    public void Types_OfTheHouse_AreExplained() =>
        Verdict.NoViolation(House.Projects.Where(p => !p.IsMigrations).Select(p => System.Reflection.Assembly.Load(p.Name)).SelectMany(a =>
            Documentation.Unexplained(a.GetExportedTypes().Where(t => !Razor.Contains(t.Name.Split('`')[0])), Documentation.SummarisedTypes(Documentation.Of(a)))));

    [Theory]
    [InlineData(700, false)]
    [InlineData(701, true)]
    public void TooLong_Lines_FlaggedAfterTheLimit(int lines, bool flagged) =>
        Assert.Equal(flagged, FileRules.TooLong([new("src/A.cs", string.Concat(Enumerable.Repeat("x\n", lines)))]).Any());

    [Fact]
    public void Reminders_WordInAComment_Flagged() => Verdict.Flags(FileRules.Reminders([new("src/A.cs", "// TODO later"), new("src/B.cs", "// à faire: TODOS is a word")]), "src/A.cs");

    [Theory]
    [InlineData("Works", true)]
    [InlineData("Reader_Opens", true)]
    [InlineData("reader_Opens_Sees", true)]
    [InlineData("Reader_OpensPage_SeesIt_Once", true)]
    [InlineData("Reader_OpensPage_SeesIt", false)]
    [InlineData("Code_404_NotFound", false)]
    public void TestNames_Shape_IsThreeWords(string name, bool flagged) =>
        Assert.Equal(flagged, FileRules.TestNames([new("tests/A.cs", $"[Theory]\n[InlineData(new[] {{ 1 }}, \"]\")]\npublic async Task<int> {name}(int[] x, string y) => 1;")]).Any());

    [Fact]
    public void TestNames_OtherMethods_NothingFlagged() =>
        Verdict.Flags(FileRules.TestNames([new("tests/A.cs", "public static string Make() => \"\"; [Fact] public void A_B_C() { } public void Dispose() { }")]));

    [Fact]
    public void DrawerFolders_Helpers_Flagged() =>
        Verdict.Flags(FileRules.DrawerFolders(["src/A/Helpers/B.cs", "src/A/Services.cs", "src/A/Topics/B.cs"]), "src/A/Helpers/B.cs");

    [Fact]
    public void Modules_WithoutTexts_Flagged() => Verdict.Flags(
        FileRules.Modules(
        [
            "src/Modules/Blog/TerritoireCollab.Blog.csproj", "src/Modules/Blog/BlogModule.cs",
            "src/Modules/Wiki/TerritoireCollab.Wiki.csproj", "src/Modules/Wiki/WikiModule.cs", "src/Modules/Wiki/Resources/WikiTexts.resx",
        ]), "Blog");

    [Fact]
    public void Unexplained_TypeWithoutSummary_Flagged()
    {
        var documentation = XDocument.Parse("<doc><members><member name=\"T:System.Uri\"><summary>An address.</summary></member><member name=\"T:System.Version\"><summary> </summary></member></members></doc>");

        Verdict.Flags(Documentation.Unexplained([typeof(Uri), typeof(Version)], Documentation.SummarisedTypes(documentation)), "System.Version");
    }
}
