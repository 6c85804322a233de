using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddCoediting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CoeditTexts",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CoeditTexts", x => x.ItemId);
                    table.ForeignKey(
                        name: "FK_CoeditTexts_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CoeditUpdates",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    ClientId = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Sequence = table.Column<int>(type: "int", nullable: false),
                    Changes = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    AuthorId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CoeditUpdates", x => new { x.ItemId, x.Version });
                    table.ForeignKey(
                        name: "FK_CoeditUpdates_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CoeditUpdates_Members_AuthorId",
                        column: x => x.AuthorId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CoeditUpdates_At",
                table: "CoeditUpdates",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_CoeditUpdates_AuthorId",
                table: "CoeditUpdates",
                column: "AuthorId");

            migrationBuilder.CreateIndex(
                name: "IX_CoeditUpdates_ItemId_ClientId_Sequence",
                table: "CoeditUpdates",
                columns: new[] { "ItemId", "ClientId", "Sequence" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CoeditTexts");

            migrationBuilder.DropTable(
                name: "CoeditUpdates");
        }
    }
}
