using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Data;

public sealed class CompiledQueryTests
{
    [Fact]
    public void CompiledQueries_OfTheHouse_TakeTheViewerAsAParameter() => Verdict.NoViolation(CompiledQueryRules.ReadingTheViewer(Checkout.Files("src", ".cs")));

    [Theory]
    [InlineData("EF.CompileAsyncQuery((Db db, string id) => db.Items.Where(i => i.AuthorId == db.Viewer.MemberId));")]
    [InlineData("EF . CompileQuery (\n    (Db db) => db.Marks.Any(m => (m.Id, 1) == (db\n        .Viewer.MemberId, 1)));")]
    public void CompiledQuery_ReadingTheViewer_Flagged(string code) => Verdict.Flags(CompiledQueryRules.ReadingTheViewer([new("src/A.cs", code)]), "src/A.cs");

    [Theory]
    [InlineData("EF.CompileAsyncQuery((Db db, Guid me) => db.Items.Where(i => i.AuthorId == me)); var me = db.Viewer.MemberId;")]
    [InlineData("_rows(db, db.Viewer.MemberId); // EF.CompileQuery(db => db.Viewer)")]
    public void CompiledQuery_WithAParameter_NothingFlagged(string code) => Verdict.Flags(CompiledQueryRules.ReadingTheViewer([new("src/A.cs", code)]));

    [Fact]
    public void CompiledQueries_OfTheHouse_BelongToAnInstance() => Verdict.NoViolation(CompiledQueryRules.Static(Checkout.Files("src", ".cs")));

    [Fact]
    public void CompiledQuery_Static_Flagged() =>
        Verdict.Flags(CompiledQueryRules.Static([new("src/A.cs", "class A { static readonly Func<Db, Task<int>> One = EF.CompileAsyncQuery(\n    (Db db) => db.Items.Count()); }")]), "src/A.cs");

    [Fact]
    public void CompiledQuery_OfAnInstance_NothingFlagged() =>
        Verdict.Flags(CompiledQueryRules.Static([new("src/A.cs", "class A { static int _n = 1; readonly Func<Db, Task<int>> _one = EF.CompileAsyncQuery((Db db) => db.Items.Count()); }")]));
}
