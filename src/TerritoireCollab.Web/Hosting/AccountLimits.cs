using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace TerritoireCollab.Web.Hosting;

/// <summary>Bounds how often one address may try the account forms, and the form by which one takes part without an account (ASVS 6.3.1); each account has its own limit besides.</summary>
internal static class AccountLimits
{
    private static readonly string[] Guarded = ["/connexion", "/inscription", "/mot-de-passe", "/invitation", "/lien", "/participer"];

    public static void AddAccountLimits(this IServiceCollection services) => services.AddRateLimiter(o =>
    {
        o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        {
            if (!Guarded.Any(g => http.Request.Path.StartsWithSegments(g))) return RateLimitPartition.GetNoLimiter("");

            var permits = http.RequestServices.GetRequiredService<IConfiguration>().GetValue("Territoire:Limits:AccountPostsPerMinute", 20);
            return RateLimitPartition.GetFixedWindowLimiter(
                Origin(http.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });
        });
    });

    // Around what is sent only: the limiter takes a lock that all requests share.
    public static void UseAccountLimits(this WebApplication app) => app.UseWhen(http => HttpMethods.IsPost(http.Request.Method), branch => branch.UseRateLimiter());

    // Whoever has one address of IPv6 has in general the 2^64 of its network.
    private static string Origin(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address.ToString(),
    };
}
