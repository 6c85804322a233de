using System.Reflection;
using System.Xml.Linq;
using TerritoireCollab.Architecture.Tests.Reading;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Architecture.Tests.Access;

public sealed class PermissionTests
{
    private static readonly List<FieldInfo> Fields =
        [.. PermissionTable.Fields([typeof(GroupPermissions)]), .. PermissionTable.Fields(House.ModuleAssemblies.SelectMany(House.Types).OrderBy(t => t.FullName, StringComparer.Ordinal))];

    [Fact]
    public void Document_OfPermissions_SaysWhatTheCodeDoes()
    {
        var expected = PermissionTable.Lines(Fields.Select(f => ((Permission)f.GetValue(null)!, PermissionTable.Summary(f, Documentation.Of(f.DeclaringType!.Assembly)))));
        var written = PermissionTable.In(File.ReadAllText(Checkout.PathOf("docs/permissions.md")));

        // The message is the table to paste.
        if (!expected.SequenceEqual(written)) Assert.Fail($"The table of docs/permissions.md should read:{Environment.NewLine}{string.Join(Environment.NewLine, expected)}");
    }

    [Fact]
    public void GroupPermissions_All_HoldsEveryField() =>
        Assert.Equal(PermissionTable.Fields([typeof(GroupPermissions)]).Select(f => ((Permission)f.GetValue(null)!).Key), GroupPermissions.All.Select(p => p.Key));

    [Fact]
    public void Permissions_OfTheHouse_HaveAKeyOfTheirOwnAndASummary()
    {
        Assert.Equal(Fields.Count, Fields.Select(f => ((Permission)f.GetValue(null)!).Key).Distinct().Count());
        Assert.All(Fields, f => Assert.NotEqual("", PermissionTable.Summary(f, Documentation.Of(f.DeclaringType!.Assembly))));
    }

    [Fact]
    public void Permissions_OfThePlatform_StandInOneClass() =>
        Assert.Equal([typeof(GroupPermissions)], PermissionTable.Fields(House.Types(typeof(GroupPermissions).Assembly)).Select(f => f.DeclaringType!).Distinct());

    [Fact]
    public void Table_Permission_AllItsColumns()
    {
        var permission = new Permission { Key = "x.y", Least = GroupRole.Member, AuthorMay = true, CreatesIn = "x", StopsAtLock = true };

        Assert.Equal("| `x.y` | Do it. | Member, unless the group chose a higher one for this tool | yes | no | yes |", PermissionTable.Lines([(permission, "Do it.")])[2]);
    }

    [Fact]
    public void Table_RoleChanged_AnotherLine()
    {
        var permission = new Permission { Key = "x.y", Least = GroupRole.Member };

        Assert.NotEqual(PermissionTable.Lines([(permission, "")]), PermissionTable.Lines([(permission with { Least = GroupRole.Animator }, "")]));
    }

    [Fact]
    public void Summary_OfAField_InOneLine()
    {
        var documentation = XDocument.Parse("<doc><members><member name=\"F:TerritoireCollab.Platform.Access.GroupPermissions.Read\"><summary>Read\n   it.</summary></member></members></doc>");

        Assert.Equal("Read it.", PermissionTable.Summary(typeof(GroupPermissions).GetField("Read")!, documentation));
    }
}
