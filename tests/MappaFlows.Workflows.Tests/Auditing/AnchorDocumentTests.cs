using System.Text;
using CsCheck;
using MappaFlows.Core.Cases;
using MappaFlows.Workflows.Auditing;

namespace MappaFlows.Workflows.Tests.Auditing;

public sealed class AnchorDocumentTests
{
    private static readonly Gen<AnchoredHead> Heads =
        Gen.Select(Gen.Int, Gen.Long[1, 9_999_999_999], Gen.Byte.Array[32], (key, sequence, hash) =>
            new AnchoredHead(CaseReference.For("somebody", $"{key}"), sequence, Convert.ToHexStringLower(hash)));

    private static readonly Gen<AnchorDocument> Documents =
        Gen.Select(Gen.Long[1, 9_999_999_999], Gen.DateTimeOffset, Gen.Bool, Heads.List[0, 5], (number, at, isFirst, heads) =>
            new AnchorDocument(number, at, isFirst ? null : new("anchor-0000000001.jsonl", AnchorDocument.HashOf("x"u8)), heads)
            {
                Administrators = isFirst ? null : new(number, "ab"),
            });

    [Fact]
    public void What_is_written_is_read_again() =>
        Documents.Sample(document =>
        {
            var read = AnchorDocument.TryRead(document.Number, document.ToBytes())!;
            Assert.Equal(document with { Heads = read.Heads }, read);
            Assert.Equal(document.Heads, read.Heads);
        });

    [Fact]
    public void A_name_says_its_number_and_names_sort_as_numbers_do() =>
        Gen.Select(Gen.Long[1, 9_999_999_999], Gen.Long[1, 9_999_999_999]).Sample((one, other) =>
        {
            Assert.Equal(one, AnchorDocument.NumberOf(AnchorDocument.NameOf(one)));
            Assert.Equal(one.CompareTo(other), Math.Sign(string.CompareOrdinal(AnchorDocument.NameOf(one), AnchorDocument.NameOf(other))));
        });

    [Theory]
    [InlineData("")]
    [InlineData("anchor-1.jsonl")]
    [InlineData("anchor-000000000x.jsonl")]
    [InlineData("anchor-0000000001.json")]
    [InlineData("readme.txt")]
    public void Another_name_is_no_anchors(string name) => Assert.Null(AnchorDocument.NumberOf(name));

    [Fact]
    public void A_document_that_is_cut_short_anywhere_is_none() =>
        Gen.Select(Documents, Gen.Double[0, 1]).Sample((document, part) =>
        {
            var bytes = document.ToBytes();
            Assert.Null(AnchorDocument.TryRead(document.Number, bytes.AsSpan()[..(int)(part * (bytes.Length - 1))]));
        });

    [Theory]
    [InlineData("\"format\":1", "\"format\":2")]
    [InlineData("\"anchor\":7", "\"anchor\":8")]
    [InlineData("\"heads\":1", "\"heads\":2")]
    [InlineData("\"sequence\":3", "\"sequence\":0")]
    [InlineData("\"sequence\":5", "\"sequence\":0")]
    [InlineData("\"sequence\":3,", "")]
    [InlineData("\"hash\":\"ab\"", "\"hash\":null")]
    [InlineData("\"case\":\"MF-", "\"case\":\"M-")]
    public void A_document_of_another_number_or_format_or_with_a_line_that_is_no_head_is_none(string was, string becomes)
    {
        var document = new AnchorDocument(7, DateTimeOffset.UnixEpoch, null, [new(CaseReference.For("somebody", "key"), 3, "ab")]) { Administrators = new(5, "cd") };
        var text = Encoding.UTF8.GetString(document.ToBytes());

        Assert.Contains(was, text);
        Assert.Null(AnchorDocument.TryRead(7, Encoding.UTF8.GetBytes(text.Replace(was, becomes, StringComparison.Ordinal))));
    }
}
