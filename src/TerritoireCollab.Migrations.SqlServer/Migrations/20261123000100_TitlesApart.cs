using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.SqlServer.Migrations
{
    /// <summary>The newest public contents get an index; titles of their own are for the full text of the other providers.</summary>
    public partial class TitlesApart : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Items_Audience_CreatedAt",
                table: "Items",
                columns: new[] { "Audience", "CreatedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Items_Audience_CreatedAt",
                table: "Items");
        }
    }
}
