using System.Text;
using CsCheck;

namespace MappaFlows.Workflows.Tests.Audit;

public sealed class CheckpointDocumentTests
{
    private static readonly Gen<StreamEntry> Entries =
        Gen.Select(Gen.Int, Gen.Long[1, 9_999_999_999], Gen.Byte.Array[32], (key, sequence, hash) =>
            new StreamEntry(CaseReference.For("somebody", $"{key}"), sequence, Convert.ToHexStringLower(hash)));

    private static readonly Gen<CheckpointDocument> Documents =
        Gen.Select(Gen.Long[1, 9_999_999_999], Gen.DateTimeOffset, Gen.Bool, Entries.List[0, 5], (number, at, isFirst, heads) =>
            new CheckpointDocument(number, at, isFirst ? null : new("checkpoint-0000000001.jsonl", CheckpointDocument.HashOf("x"u8)), heads)
            {
                Administrators = isFirst ? null : new(number, "ab"),
            });

    [Fact]
    public void What_is_written_is_read_again() =>
        Documents.Sample(document =>
        {
            var read = CheckpointDocument.TryRead(document.Number, document.ToBytes())!;
            Assert.Equal(document with { Entries = read.Entries }, read);
            Assert.Equal(document.Entries, read.Entries);
        });

    [Fact]
    public void A_name_says_its_number_and_names_sort_as_numbers_do() =>
        Gen.Select(Gen.Long[1, 9_999_999_999], Gen.Long[1, 9_999_999_999]).Sample((one, other) =>
        {
            Assert.Equal(one, CheckpointDocument.NumberOf(CheckpointDocument.NameOf(one)));
            Assert.Equal(
                one.CompareTo(other),
                Math.Sign(string.CompareOrdinal(CheckpointDocument.NameOf(one), CheckpointDocument.NameOf(other))));
        });

    [Theory]
    [InlineData("")]
    [InlineData("checkpoint-1.jsonl")]
    [InlineData("checkpoint-000000000x.jsonl")]
    [InlineData("checkpoint-0000000001.json")]
    [InlineData("readme.txt")]
    public void Other_file_names_are_ignored(string name) => Assert.Null(CheckpointDocument.NumberOf(name));

    [Fact]
    public void A_document_that_is_cut_short_anywhere_is_none() =>
        Gen.Select(Documents, Gen.Double[0, 1]).Sample((document, part) =>
        {
            var bytes = document.ToBytes();
            Assert.Null(CheckpointDocument.TryRead(document.Number, bytes.AsSpan()[..(int)(part * (bytes.Length - 1))]));
        });

    [Theory]
    [InlineData("\"format\":1", "\"format\":2")]
    [InlineData("\"checkpoint\":7", "\"anchor\":8")]
    [InlineData("\"entries\":1", "\"heads\":2")]
    [InlineData("\"sequence\":3", "\"sequence\":0")]
    [InlineData("\"sequence\":5", "\"sequence\":0")]
    [InlineData("\"sequence\":3,", "")]
    [InlineData("\"hash\":\"ab\"", "\"hash\":null")]
    [InlineData("\"case\":\"MF-", "\"case\":\"M-")]
    public void A_document_of_another_number_or_format_or_with_a_line_that_is_no_head_is_none(string was, string becomes)
    {
        var document = new CheckpointDocument(
            7,
            DateTimeOffset.UnixEpoch,
            null,
            [new(CaseReference.For("somebody", "key"), 3, "ab")])
        { Administrators = new(5, "cd") };
        var text = Encoding.UTF8.GetString(document.ToBytes());

        Assert.Contains(was, text);
        Assert.Null(CheckpointDocument.TryRead(7, Encoding.UTF8.GetBytes(text.Replace(was, becomes, StringComparison.Ordinal))));
    }
}
