using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class CountMonthsWithoutRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AgendaDates_StartUtc",
                table: "AgendaDates");

            migrationBuilder.CreateIndex(
                name: "IX_Items_Rights",
                table: "Items",
                columns: new[] { "Id", "DeletedAt", "Audience", "GroupId" });

            migrationBuilder.CreateIndex(
                name: "IX_AgendaDates_StartUtc_EndUtc_ItemId_GroupId_Kind",
                table: "AgendaDates",
                columns: new[] { "StartUtc", "EndUtc", "ItemId", "GroupId", "Kind" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Items_Rights",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_AgendaDates_StartUtc_EndUtc_ItemId_GroupId_Kind",
                table: "AgendaDates");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaDates_StartUtc",
                table: "AgendaDates",
                column: "StartUtc");
        }
    }
}
