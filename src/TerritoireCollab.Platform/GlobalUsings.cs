global using TerritoireCollab.Platform.Resources;
