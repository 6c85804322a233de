using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Search.Finding;

namespace TerritoireCollab.Search;

/// <summary>The search pages, the API's search, and what the composer proposes after « @ » and « # ».</summary>
public sealed class SearchModule : IModule
{
    /// <inheritdoc />
    public string Key => "search";

    /// <inheritdoc />
    public void AddServices(IServiceCollection services) => services.AddSingleton<ReadSearch>().AddSingleton<SuggestMentions>();

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapSearch();
}
