namespace TerritoireCollab.Platform.Members;

/// <summary>The first name of somebody, as one is greeted: the first word of the name.</summary>
public static class FirstName
{
    /// <summary>The first name in <paramref name="name"/>.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Split(' ', 2)[0];
    }
}
