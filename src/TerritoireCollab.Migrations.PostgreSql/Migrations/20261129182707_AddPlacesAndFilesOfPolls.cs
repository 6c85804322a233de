using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class AddPlacesAndFilesOfPolls : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Places",
                table: "PollOptions",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "QuestionnaireFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    SheetId = table.Column<Guid>(type: "uuid", nullable: false),
                    Question = table.Column<int>(type: "integer", nullable: false),
                    FileId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuestionnaireFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_QuestionnaireFiles_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_QuestionnaireFiles_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_QuestionnaireFiles_QuestionnaireAnswers_SheetId",
                        column: x => x.SheetId,
                        principalTable: "QuestionnaireAnswers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_QuestionnaireFiles_FileId",
                table: "QuestionnaireFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_QuestionnaireFiles_ItemId",
                table: "QuestionnaireFiles",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_QuestionnaireFiles_SheetId",
                table: "QuestionnaireFiles",
                column: "SheetId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "QuestionnaireFiles");

            migrationBuilder.DropColumn(
                name: "Places",
                table: "PollOptions");
        }
    }
}
