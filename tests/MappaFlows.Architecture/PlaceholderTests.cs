namespace MappaFlows.Architecture;
