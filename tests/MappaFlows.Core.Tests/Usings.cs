// Folders of Core, of Workflows and of the pages of a case are in FeatureUsings.props.
global using MappaFlows.Testing.Samples;
