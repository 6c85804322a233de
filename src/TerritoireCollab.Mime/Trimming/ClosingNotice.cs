namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// What organisations and antivirus programs append to every mail: « Ce message et toutes les pièces jointes sont confidentiels »,
/// « Pensez à l'environnement avant d'imprimer », « Garanti sans virus ». Cut at the very end only.
/// </summary>
internal static class ClosingNotice
{
    private const int MostLines = 14;

    private static readonly Beginnings Starts = WordTable.Beginnings(
        "ce message et toutes les pièces jointes|ce message et ses annexes|ce message et ses pièces jointes|ce message, ainsi que|ce courriel et|ce courriel, ainsi que|ce message électronique et|ce message électronique est|ce mail et|cet e-mail et|ce message est confidentiel|ce message est établi à l'usage exclusif|ce message peut contenir des informations confidentielles|les informations contenues dans ce|l'information contenue dans ce|avis de confidentialité|clause de confidentialité|avant d'imprimer|p avant d'imprimer|pensez à l'environnement|merci de penser à l'environnement|pensez environnement|afin de contribuer au respect de l'environnement|n'imprimez ce|adoptez l'éco-attitude|préservons l'environnement|garanti sans virus|sans virus.|l'absence de virus dans ce",
        "this email message and any|this e-mail and any|this email and any|this e-mail, including any|this email is confidential|this message and any attach|this message (including|this message is intended only|this message is confidential|this message may contain|this communication is|the information contained in this|the information in this|confidentiality notice|confidentiality note|please consider the environment|please think of the environment|think before you print|virus-free|this email has been checked for viruses|this e-mail has been scanned|this message has been scanned|email sent using optimum",
        "diese e-mail enthält vertrauliche|diese e-mail könnte vertrauliche|diese nachricht ist vertraulich|diese e-mail wurde von avast|virenfrei|este mensaje y|este mensaje va dirigido|este correo electrónico y|libre de virus|questo messaggio è|questo messaggio e|le informazioni contenute in questo|questa e-mail è stata controllata|privo di virus|dit bericht is|dit e-mailbericht en|virusvrij|esta mensagem e|esta mensagem pode|livre de vírus|den här e-posten|to wiadomość|ta wiadomość");

    private static readonly string[] Topics =
        [.. "confiden|destinat|destin|recipient|intended|imprim|print|environ|virus|vertraulich|empfänger|riservat|legge|vertrouwelijk|bestemd|privileg|usage exclusif|scanned".Split('|').Select(word => Folding.Fold(word))];

    /// <summary>Whether the line at <paramref name="index"/> begins a notice that is all there is up to <paramref name="end"/>.</summary>
    public static bool Begins(MailLines lines, int index, int end)
    {
        // Notices are long paragraphs: the beginning of the line is enough, whatever its length.
        var line = lines.Content(index);
        if (line.Length < 10 || index >= MailLines.Examined) return false;

        var key = Folding.Fold(line[..Math.Min(line.Length, MailLines.LongestMark)]);
        return Starts.Length(key) > 0 && Tail(lines, index, end);
    }

    private static bool Tail(MailLines lines, int start, int end)
    {
        var filled = Enumerable.Range(start, end - start).Where(index => !lines.IsBlank(index)).Take(MostLines + 1).ToList();
        return filled.Count <= MostLines && filled.Exists(index => Speaks(lines.Content(index)));
    }

    private static bool Speaks(ReadOnlySpan<char> line)
    {
        var key = Folding.Fold(line[..Math.Min(line.Length, 2 * MailLines.LongestMark)]);
        return Array.Exists(Topics, topic => key.Contains(topic, StringComparison.Ordinal));
    }
}
