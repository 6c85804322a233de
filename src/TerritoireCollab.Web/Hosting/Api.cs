using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Hosting;

/// <summary>What of the API belongs to no room, and its description at <c>/openapi/v1.json</c>.</summary>
internal static class Api
{
    private const string Prefix = "api/v1";
    private const string Bearer = "bearer";
    private const string Problem = "application/problem+json";

    public static void AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddOpenApi("v1", o =>
        {
            // Pages and form posts are no part of the API.
            o.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(Prefix, StringComparison.Ordinal) == true;
            o.AddDocumentTransformer(DescribeAsync);
            o.AddOperationTransformer(AddProblemsAsync);
        });
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi();
        app.MapPost($"/{Prefix}/markdown/preview", PreviewAsync).AddEndpointFilter<ApiGuard>()
            .WithTags("markdown").WithName("previewMarkdown").WithSummary(HostTexts.ApiPreview).WithDescription(HostTexts.ApiPreviewDescription);
    }

    private static async Task<Preview> PreviewAsync(PreviewInput input, Bodies bodies, AppDb database, CurrentViewer current, CancellationToken cancellation)
    {
        var body = input.Body ?? "";
        new Rules().Text(body, nameof(input.Body), Bodies.MaxLength, required: false).Demand();
        await using var db = database.Open(current.Viewer);
        return new((await bodies.RenderAsync(db, body, cancellation)).Html);
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo { Title = "TerritoireCollab", Version = "v1", Description = HostTexts.ApiDescription, License = new OpenApiLicense { Name = "EUPL-1.2", Identifier = "EUPL-1.2" } };
        document.Servers = [new OpenApiServer { Url = context.ApplicationServices.GetRequiredService<PlatformOptions>().BaseUrl.ToString().TrimEnd('/') }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, Description = HostTexts.ApiKeyDescription };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas["Problem"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = HostTexts.ApiProblemDescription,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
                ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } } },
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task AddProblemsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var writes = !HttpMethods.IsGet(context.Description.HttpMethod ?? "");
        var hasPlaces = context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) == true;
        operation.Responses ??= [];
        Add("401", HostTexts.ApiUnauthorized);
        if (writes) Add("403", HostTexts.ForbiddenTitle);
        if (context.Description.ParameterDescriptions.Any(p => p.Source != BindingSource.Path)) Add("400", HostTexts.ApiUnreadable);
        if (writes || context.Description.ParameterDescriptions.Count > 0) Add("422", HostTexts.ApiInvalid);
        if (hasPlaces) Add("404", HostTexts.ApiNotFound);
        return Task.CompletedTask;

        void Add(string status, string words) => operation.Responses.TryAdd(status, new OpenApiResponse
        {
            Description = words,
            Content = new Dictionary<string, OpenApiMediaType> { [Problem] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) } },
        });
    }

    /// <summary>A text to show.</summary>
    /// <param name="Body">Markdown.</param>
    internal sealed record PreviewInput(string? Body);

    /// <summary>A text as it will be shown.</summary>
    /// <param name="BodyHtml">Sanitised HTML.</param>
    internal sealed record Preview(string BodyHtml);
}
