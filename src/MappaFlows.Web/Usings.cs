// Folders of Core, of Workflows and of the pages of a case are in FeatureUsings.props.
global using MappaFlows.Web.Api;
global using MappaFlows.Web.Forms;
global using MappaFlows.Web.Hosting;
global using MappaFlows.Web.Identity;
global using MappaFlows.Web.Labels;
global using MappaFlows.Web.Pages;
global using MappaFlows.Web.Pages.Cases;
global using MappaFlows.Web.Pages.Cases.Disclosures.Decide;
global using MappaFlows.Web.Pages.Operations;
global using MappaFlows.Web.Pages.Referrals;
global using MappaFlows.Web.Pages.SignIn;
global using MappaFlows.Web.TagHelpers;
global using MappaFlows.Web.Typing;
