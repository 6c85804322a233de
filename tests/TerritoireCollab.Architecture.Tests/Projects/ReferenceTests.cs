using TerritoireCollab.Web;

namespace TerritoireCollab.Architecture.Tests.Projects;

public sealed class ReferenceTests
{
    private static readonly ProjectFile[] Sound =
    [
        Project("src/TerritoireCollab.Mime/TerritoireCollab.Mime.csproj", [], ["AngleSharp", "MailKit"]),
        Project("src/TerritoireCollab.Ui/TerritoireCollab.Ui.csproj", ["TerritoireCollab.Platform"], []),
        Project("src/Modules/Forum/TerritoireCollab.Forum.csproj", ["TerritoireCollab.Platform", "TerritoireCollab.Ui"], []),
        Project("src/Modules/Blog/TerritoireCollab.Blog.csproj", ["TerritoireCollab.Platform", "TerritoireCollab.Ui"], []),
    ];

    [Fact]
    public void Projects_OfTheHouse_FollowTheTable() => Verdict.NoViolation(ReferenceTable.Check(House.Projects));

    [Fact]
    public void Assemblies_OfTheHouse_FollowTheTable() =>
        Verdict.NoViolation(House.Assemblies.SelectMany(a => ReferenceTable.CheckAssembly(a.GetName().Name!, a.GetReferencedAssemblies().Select(r => r.Name!), House.Projects)));

    [Fact]
    public void ModuleList_OfTheHost_HoldsEveryModule() =>
        Assert.Equal(House.Modules.Select(m => m.GetType().FullName).Order(), ModuleList.Create().Select(m => m.GetType().FullName).Order());

    [Fact]
    public void Table_SoundProjects_NothingFlagged() => Verdict.Flags(ReferenceTable.Check(Sound));

    [Fact]
    public void Table_ModuleThatRefersToAnother_Flagged() =>
        Verdict.Flags(ReferenceTable.Check([.. Sound[..3], Project("src/Modules/Blog/TerritoireCollab.Blog.csproj", ["TerritoireCollab.Platform", "TerritoireCollab.Ui", "TerritoireCollab.Forum"], [])]), "TerritoireCollab.Blog");

    [Fact]
    public void Table_PackageInAPureLibrary_Flagged() =>
        Verdict.Flags(ReferenceTable.Check([Project("src/TerritoireCollab.Mime/TerritoireCollab.Mime.csproj", [], ["AngleSharp", "MailKit", "Dapper"])]), "TerritoireCollab.Mime");

    [Fact]
    public void Table_MissingReference_Flagged() =>
        Verdict.Flags(ReferenceTable.Check([Project("src/TerritoireCollab.Ui/TerritoireCollab.Ui.csproj", [], [])]), "TerritoireCollab.Ui");

    [Fact]
    public void Table_UnknownProject_Flagged() =>
        Verdict.Flags(ReferenceTable.Check([Project("src/TerritoireCollab.Helpers/TerritoireCollab.Helpers.csproj", [], [])]), "TerritoireCollab.Helpers");

    [Fact]
    public void Assembly_ModuleThatNamesTheScheduler_Flagged() =>
        Verdict.Flags(ReferenceTable.CheckAssembly("TerritoireCollab.Forum", ["System.Runtime", "Quartz"], Sound), "TerritoireCollab.Forum");

    [Fact]
    public void Assembly_ModuleThatNamesAnother_Flagged() =>
        Verdict.Flags(ReferenceTable.CheckAssembly("TerritoireCollab.Forum", ["TerritoireCollab.Ui", "TerritoireCollab.Blog"], Sound), "TerritoireCollab.Forum");

    [Fact]
    public void ProjectFile_Wildcards_Expanded()
    {
        const string text = """<Project><ItemGroup><ProjectReference Include="../Modules/*/*.csproj" /><ProjectReference Include="../A/A.csproj" /><PackageReference Include="P" /></ItemGroup></Project>""";
        var project = ProjectFile.Parse("src/Web/Web.csproj", text, ["src/A/A.csproj", "src/Modules/B/T.B.csproj", "src/Modules/C/T.C.csproj"]);

        Assert.Equal(["A", "T.B", "T.C"], project.Projects.Order());
        Assert.Equal(["P"], project.Packages);
    }

    private static ProjectFile Project(string path, string[] projects, string[] packages) => new(path, projects.ToHashSet(), packages.ToHashSet());
}
