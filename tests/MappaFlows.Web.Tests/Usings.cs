// Folders of Core, of Workflows and of the pages of a case are in FeatureUsings.props.
global using MappaFlows.Local.Azurite;
global using MappaFlows.Local.Clock;
global using MappaFlows.Local.Demo;
global using MappaFlows.Local.Email;
global using MappaFlows.Local.Hosting;
global using MappaFlows.Local.Identity;
global using MappaFlows.Local.Options;
global using MappaFlows.Local.Stores;
global using MappaFlows.Testing;
global using MappaFlows.Testing.Samples;
global using MappaFlows.Web.Api;
global using MappaFlows.Web.Forms;
global using MappaFlows.Web.Hosting;
global using MappaFlows.Web.Identity;
global using MappaFlows.Web.Labels;
global using MappaFlows.Web.Pages;
global using MappaFlows.Web.TagHelpers;
