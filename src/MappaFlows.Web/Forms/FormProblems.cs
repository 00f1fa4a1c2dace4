using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MappaFlows.Web.Forms;

/// <summary>Puts what a decision found wrong beside the fields of its form.</summary>
internal static class FormProblems
{
    /// <summary>
    /// Adds each problem to its field. What could not be read came to the decision as missing; of such a field it was said already what is
    /// wrong, and that it is missing as well would not be true.
    /// </summary>
    /// <param name="prefix">What the form's fields begin with.</param>
    /// <param name="read">A field that is made of others, of which it was said what is wrong; null for none.</param>
    public static void AddProblems(this ModelStateDictionary state, IEnumerable<Problem> problems, string prefix, string? read = null)
    {
        var said = state.Where(entry => entry.Value!.Errors.Count > 0)
            .Select(entry => entry.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var problem in problems.Where(problem => read is null || problem.Field != read))
        {
            var key = problem.Field.Length == 0 ? "" : $"{prefix}.{problem.Field}";
            if (key.Length == 0 || !said.Contains(key)) state.AddModelError(key, problem.Message);
        }
    }
}
