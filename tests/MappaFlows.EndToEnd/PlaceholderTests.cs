namespace MappaFlows.EndToEnd;
