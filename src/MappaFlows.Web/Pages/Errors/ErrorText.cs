namespace MappaFlows.Web.Pages.Errors;

/// <summary>What a status means to the person who got it, and what they can do next.</summary>
public sealed record ErrorText(string Title, IReadOnlyList<string> Lines, bool OffersStart = true)
{
    /// <summary>The words for a record that was changed outside the product.</summary>
    public static ErrorText OfBrokenRecord { get; } = new(
        "This record does not agree with itself",
        [
            "What is stored of it is not what was recorded, so it is not shown and nobody can change it. What you sent was not saved.",
            "Administrators have been informed. Contact the MAPPA coordinator of the area about this person now.",
            "If someone is at risk, do not wait: follow your agency's urgent procedure.",
        ]);

    /// <summary>For a form that another person opened in this browser.</summary>
    public static ErrorText SomeoneElse { get; } = new(
        "Someone else is signed in now",
        [
            "This form was opened by another person, who was signed in to this browser before. Nothing was recorded.",
            "What was typed is kept for that person. When they sign in and open the form again, it is filled in with it.",
        ]);

    /// <summary>The words for a status; a status without its own has those of 400 or 500.</summary>
    public static ErrorText Of(int status) => status switch
    {
        401 => new("You need to sign in", ["Sign in with the link at the top of this page, then try again."], OffersStart: false),
        403 => new(
            "You cannot see this page",
            [
                "Your role or your area does not let you see this page or do what you asked for. Nothing was changed.",
                "If you need it for your work, ask the MAPPA coordinator of the area.",
            ]),
        404 => new(
            "Page not found",
            [
                "If you typed the address, check that it is correct. If you pasted it, check that you copied all of it.",
                "If you followed a link in an email, the link may have been replaced by a newer one.",
            ]),
        405 => new(
            "This cannot be done here",
            ["This page cannot do what was asked. Nothing was changed.", "Go back, open the page again and use its buttons."]),
        409 => new(
            "Someone changed this before you",
            [
                "The record was changed after you opened the page, so what you sent was not saved.",
                "Open the page again, read what changed, and decide whether to send yours.",
            ],
            OffersStart: false),
        413 => new(
            "What you sent is too long",
            [
                "It is larger than a page can take, so it was not saved.",
                "Go back, shorten the text, and send it again. Do not paste whole documents into an answer.",
            ],
            OffersStart: false),
        429 => new(
            "Too many requests",
            ["You, or people who share your connection, sent many requests in a short time. This one was not carried out.", "Wait a minute, then go back and try again."],
            OffersStart: false),
        503 => new(
            "MappaFlows is not available just now",
            ["Try again in a few minutes.", "If someone is at risk, do not wait for this page: follow your agency's urgent procedure."],
            OffersStart: false),
        >= 500 => new(
            "Sorry, there is a problem with MappaFlows",
            [
                "The fault is ours and has been recorded. Before you send anything again, check whether it was saved.",
                "Try again in a few minutes. If someone is at risk, do not wait for this page: follow your agency's urgent procedure.",
            ]),
        _ => new(
            "There is a problem with what was sent",
            [
                "The page may have been open for too long, or a link may be incomplete. Nothing was changed.",
                "Go back, open the page again, and try once more.",
            ]),
    };
}
