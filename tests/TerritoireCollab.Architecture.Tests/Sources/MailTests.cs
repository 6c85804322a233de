using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Sources;

/// <summary>M3: every kind of mail carries the fields by which it is sorted. One place makes mails, and takes none without them.</summary>
public sealed class MailTests
{
    [Fact]
    public void M3_WhateverWritesMails_WritesTheFieldsToSortThemBy()
    {
        var makers = Checkout.Files("src", ".cs").Where(f => f.Text.Contains("new MailRow", StringComparison.Ordinal));

        Assert.Equal("MailWriter.cs", Path.GetFileName(Assert.Single(makers).Path));
        Assert.Contains("required MailSorting Sorting", Assert.Single(Checkout.Files("src", ".cs"), f => Path.GetFileName(f.Path) == "NewMail.cs").Text, StringComparison.Ordinal);
    }
}
