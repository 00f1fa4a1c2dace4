// Folders of Core, of Workflows and of the pages of a case are in FeatureUsings.props.
global using MappaFlows.Testing.Product;
global using MappaFlows.Testing.Samples;
global using MappaFlows.Testing.Tables;
global using Product = MappaFlows.Testing.Product.RunningProduct;
