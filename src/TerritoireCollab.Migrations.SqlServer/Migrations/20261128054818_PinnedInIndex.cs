using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.SqlServer.Migrations
{
    /// <summary>Whether a content is pinned gets a column, and the lists of tools an index in their own order.</summary>
    public partial class PinnedInIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsPinned",
                table: "Items",
                type: "bit",
                nullable: false,
                defaultValue: false);

            // In a batch of its own: the column is not known to the one that adds it.
            migrationBuilder.Sql("EXEC(N'UPDATE [Items] SET [IsPinned] = 1 WHERE [PinnedAt] IS NOT NULL');");

            migrationBuilder.CreateIndex(
                name: "IX_Items_List",
                table: "Items",
                columns: new[] { "GroupId", "Kind", "IsPinned", "LastActivityAt", "DeletedAt", "Audience" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Items_List",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "IsPinned",
                table: "Items");
        }
    }
}
