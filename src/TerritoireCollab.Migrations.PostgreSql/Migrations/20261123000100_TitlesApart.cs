using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.PostgreSql.Migrations
{
    /// <summary>Titles get an index of their own, so that looking in titles alone does not pass over the text of every comment; the newest public contents too.</summary>
    public partial class TitlesApart : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Items_Audience_CreatedAt",
                table: "Items",
                columns: new[] { "Audience", "CreatedAt" });

            migrationBuilder.Sql("""ALTER TABLE "SearchDocuments" DROP COLUMN "Vector";""");
            migrationBuilder.Sql("""
                ALTER TABLE "SearchDocuments"
                  ADD COLUMN "Vector" tsvector GENERATED ALWAYS AS (to_tsvector('simple', "Stems")) STORED,
                  ADD COLUMN "TitleVector" tsvector GENERATED ALWAYS AS (to_tsvector('simple', "TitleStems")) STORED;
                """);
            migrationBuilder.Sql("""CREATE INDEX "IX_SearchDocuments_Vector" ON "SearchDocuments" USING gin ("Vector");""");
            migrationBuilder.Sql("""CREATE INDEX "IX_SearchDocuments_TitleVector" ON "SearchDocuments" USING gin ("TitleVector");""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""ALTER TABLE "SearchDocuments" DROP COLUMN "Vector", DROP COLUMN "TitleVector";""");
            migrationBuilder.Sql("""
                ALTER TABLE "SearchDocuments" ADD COLUMN "Vector" tsvector GENERATED ALWAYS AS
                  (setweight(to_tsvector('simple', "TitleStems"), 'A') || setweight(to_tsvector('simple', "Stems"), 'B')) STORED;
                """);
            migrationBuilder.Sql("""CREATE INDEX "IX_SearchDocuments_Vector" ON "SearchDocuments" USING gin ("Vector");""");

            migrationBuilder.DropIndex(
                name: "IX_Items_Audience_CreatedAt",
                table: "Items");
        }
    }
}
