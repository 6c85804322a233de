using Microsoft.Extensions.DependencyInjection;

namespace TerritoireCollab.Platform.Mail;

/// <summary>A kind of mail that a room writes, declared with its services: so that whatever holds for every kind can be asked of each.</summary>
/// <param name="Key">As <see cref="MailRow.Kind"/> has it.</param>
public sealed record OutgoingMailKind(string Key);

/// <summary>Declares kinds of mail.</summary>
public static class OutgoingMailKinds
{
    /// <summary>Declares the kinds that a room writes. The outbox takes no other.</summary>
    public static IServiceCollection AddMailKinds(this IServiceCollection services, params IEnumerable<string> keys)
    {
        foreach (var key in keys) services.AddSingleton(new OutgoingMailKind(key));
        return services;
    }
}
