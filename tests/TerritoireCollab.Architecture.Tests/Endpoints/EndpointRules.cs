namespace TerritoireCollab.Architecture.Tests.Endpoints;

/// <summary>What the host answers.</summary>
/// <param name="Methods">HTTP methods, in order; a star when any.</param>
/// <param name="Route">Its pattern, from the root.</param>
/// <param name="HasAntiforgery">Whether the framework checks an antiforgery token.</param>
internal sealed record HouseEndpoint(string Methods, string Route, bool HasAntiforgery)
{
    public bool Writes => Methods == "*" || Methods.Split(',').Any(m => m is "POST" or "PUT" or "PATCH" or "DELETE");

    public override string ToString() => Writes ? $"{Methods} {Route} {(HasAntiforgery ? "antiforgery" : "no-antiforgery")}" : $"{Methods} {Route}";
}

/// <summary>Forms are ours, and no address appears unseen.</summary>
internal static class EndpointRules
{
    /// <summary>Endpoints that write without an antiforgery token; the key is their route.</summary>
    public static IEnumerable<Violation> WithoutAntiforgery(IEnumerable<HouseEndpoint> endpoints) =>
        from endpoint in endpoints
        where endpoint.Writes && !endpoint.HasAntiforgery
        select new Violation(endpoint.Route, $"{endpoint.Methods} {endpoint.Route}", "changes state and checks no antiforgery token.");

    /// <summary>What differs from the list that was reviewed.</summary>
    public static IEnumerable<Violation> Unreviewed(IReadOnlyCollection<string> endpoints, IReadOnlyCollection<string> reviewed) =>
        endpoints.Except(reviewed).Select(e => new Violation(e, e, "is new: review who may call it, then add it to the list."))
            .Concat(reviewed.Except(endpoints).Select(e => new Violation(e, e, "is in the list and is answered no more.")));
}
